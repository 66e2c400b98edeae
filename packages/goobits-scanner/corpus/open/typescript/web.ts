//: bad nest-cors
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: true, credentials: true }); //!
  await app.listen(3000);
}
void bootstrap();

//: good nest-cors
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: 'https://shop.example.invalid', credentials: true });
  await app.listen(3000);
}
void bootstrap();

//: bad cookie-options
import { CookieOptions, Response } from 'express';

const options: CookieOptions = { httpOnly: false, secure: false, path: '/' };

export function remember(res: Response, sessionId: string): void {
  res.cookie('sid', sessionId, options); //!
}

//: good cookie-options
import { CookieOptions, Response } from 'express';

const options: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict' };

export function remember(res: Response, sessionId: string): void {
  res.cookie('sid', sessionId, options);
}
