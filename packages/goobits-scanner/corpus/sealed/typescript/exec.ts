//: bad nest-controller
import { Controller, Get, Query } from '@nestjs/common';
import { exec } from 'child_process';
import { promisify } from 'util';

const run = promisify(exec);

@Controller('tools')
export class ToolsController {
  @Get('lookup')
  async lookup(@Query('domain') domain: string): Promise<string> {
    const { stdout } = await run(`dig +short ${domain}`); //!
    return stdout;
  }
}

//: good nest-controller
import { Controller, Get, Query } from '@nestjs/common';
import { promises as dns } from 'dns';

@Controller('tools')
export class ToolsController {
  @Get('lookup')
  async lookup(@Query('domain') domain: string): Promise<string> {
    const addresses: string[] = await dns.resolve4(domain);
    return addresses.join('\n');
  }
}

//: bad typed-eval
import type { Request, Response } from 'express';

interface Expression {
  source: string;
  scope: Record<string, number>;
}

export function evaluate(req: Request<unknown, unknown, Expression>, res: Response): void {
  const { source, scope } = req.body;
  const names = Object.keys(scope);
  const value = new Function(...names, `return (${source});`)(...Object.values(scope)) as number; //!
  res.json({ value });
}

//: good typed-eval
import type { Request, Response } from 'express';
import { Parser } from 'expr-eval';

interface Expression {
  source: string;
  scope: Record<string, number>;
}

export function evaluate(req: Request<unknown, unknown, Expression>, res: Response): void {
  const { source, scope } = req.body;
  const value = Parser.evaluate(source, scope) as number;
  res.json({ value });
}

//: bad nest-convert-controller
import { Body, Controller, Post, StreamableFile } from '@nestjs/common';
import { spawn } from 'child_process';

class ConvertDto {
  source!: string;
  format!: string;
  quality?: number;
}

@Controller('convert')
export class ConvertController {
  @Post()
  convert(@Body() dto: ConvertDto): StreamableFile {
    const args = [dto.source, '-quality', String(dto.quality ?? 80), `${dto.format}:-`];
    const child = spawn('convert', args, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] }); //!
    return new StreamableFile(child.stdout!);
  }
}

//: good nest-convert-controller
import { Body, Controller, Post, StreamableFile } from '@nestjs/common';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { spawn } from 'child_process';
import { join } from 'path';

class ConvertDto {
  @IsUUID()
  source!: string;

  @IsIn(['png', 'jpeg', 'webp'])
  format!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  quality?: number;
}

@Controller('convert')
export class ConvertController {
  @Post()
  convert(@Body() dto: ConvertDto): StreamableFile {
    const source = join('/srv/uploads', `${dto.source}.bin`);
    const args = [source, '-quality', String(dto.quality ?? 80), `${dto.format}:-`];
    const child = spawn('convert', args, { shell: false, stdio: ['ignore', 'pipe', 'inherit'] });
    return new StreamableFile(child.stdout!);
  }
}
