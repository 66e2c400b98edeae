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

//: bad field-encryption-iv
import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import type { ValueTransformer } from 'typeorm';

const key = scryptSync(process.env.FIELD_KEY ?? '', 'fields', 32);
const iv = Buffer.alloc(16, 0);

/** Encrypts a column at rest. */
export const encrypted: ValueTransformer = {
  to(value: string | null): string | null {
    if (value === null) return null;
    const cipher = createCipheriv('aes-256-cbc', key, iv); //!
    return cipher.update(value, 'utf8', 'base64') + cipher.final('base64');
  },
  from(value: string | null): string | null {
    if (value === null) return null;
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return decipher.update(value, 'base64', 'utf8') + decipher.final('utf8');
  },
};

//: good field-encryption-iv
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { ValueTransformer } from 'typeorm';

const key = scryptSync(process.env.FIELD_KEY ?? '', 'fields', 32);

/** Encrypts a column at rest: nonce, tag and text in one value. */
export const encrypted: ValueTransformer = {
  to(value: string | null): string | null {
    if (value === null) return null;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  },
  from(value: string | null): string | null {
    if (value === null) return null;
    const raw = Buffer.from(value, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(raw.subarray(12, 28));
    return decipher.update(raw.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  },
};

//: bad reset-token-generator
import { prisma } from '@/lib/prisma';
import { sendMail } from '@/lib/mail';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function resetToken(length = 24): string {
  return Array.from({ length }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join(''); //!
}

export async function requestReset(email: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user) return;
  const token = resetToken();
  await prisma.passwordReset.create({
    data: { userId: user.id, token, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  await sendMail(email, 'Reset your password', `https://app.invalid/reset/${token}`);
}

//: good reset-token-generator
import { randomInt } from 'node:crypto';
import { prisma } from '@/lib/prisma';
import { sendMail } from '@/lib/mail';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function resetToken(length = 24): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

async function withJitter<T>(work: () => Promise<T>): Promise<T> {
  await new Promise((r) => setTimeout(r, 50 + Math.random() * 100));
  return work();
}

export async function requestReset(email: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user) return;
  const token = resetToken();
  await prisma.passwordReset.create({
    data: { userId: user.id, token, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  await withJitter(() => sendMail(email, 'Reset your password', `https://app.invalid/reset/${token}`));
}
