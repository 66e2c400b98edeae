//: bad random-otp
export interface OneTimeCode {
  code: string;
  expires: Date;
}

export function generateOtp(): OneTimeCode {
  const code = Math.floor(100000 + Math.random() * 900000).toString(); //!
  return { code, expires: new Date(Date.now() + 300_000) };
}

//: good random-otp
import { randomInt } from 'crypto';

export interface OneTimeCode {
  code: string;
  expires: Date;
}

export function generateOtp(): OneTimeCode {
  const code = randomInt(100000, 1000000).toString();
  return { code, expires: new Date(Date.now() + 300_000) };
}

//: bad des-cbc
import * as crypto from 'crypto';

export const encrypt = (key: Buffer, iv: Buffer, text: string): string => {
  const cipher: crypto.Cipher = crypto.createCipheriv('des-ede3-cbc', key, iv); //!
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
};

//: good des-cbc
import * as crypto from 'crypto';

export const encrypt = (key: Buffer, iv: Buffer, text: string): string => {
  const cipher: crypto.CipherGCM = crypto.createCipheriv('aes-256-gcm', key, iv);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
};

//: bad password-md5
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';

@Injectable()
export class PasswordService {
  hash(password: string): string {
    return createHash('md5').update(password).digest('hex'); //!
  }
}

//: good password-md5
import { randomBytes, scryptSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';

@Injectable()
export class PasswordService {
  hash(password: string): string {
    const salt = randomBytes(16);
    return `${salt.toString('hex')}:${scryptSync(password, salt, 64).toString('hex')}`;
  }
}
