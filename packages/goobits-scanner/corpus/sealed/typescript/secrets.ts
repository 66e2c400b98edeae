//: bad typeorm-source
import { DataSource } from 'typeorm';

export const source = new DataSource({
  type: 'postgres',
  host: 'db.example.invalid',
  username: 'orders',
  password: 'w7Rk!z2Q<|>x9LmVt4Y', //!
  database: 'orders',
});

//: good typeorm-source
import { DataSource } from 'typeorm';

export const source = new DataSource({
  type: 'postgres',
  host: 'db.example.invalid',
  username: 'orders',
  password: process.env.DB_PASSWORD,
  database: 'orders',
});

//: bad s3-client-keys
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';

const s3 = new S3Client({
  region: 'eu-central-1',
  credentials: {
    accessKeyId: 'AKIA<|>Q3EGRT7VWZ5MLK2P', //!
    secretAccessKey: 'h7Vq2LxZ9pR4<|>tYwB8nKcD3mFs6GjUeAo1QiXvNz', //!
  },
});

export async function store(key: string, body: Uint8Array): Promise<string> {
  await s3.send(new PutObjectCommand({ Bucket: 'invoices', Key: key, Body: body }));
  return `s3://invoices/${key}`;
}

//: good s3-client-keys
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { fromIni } from '@aws-sdk/credential-providers';

const s3 = new S3Client({
  region: process.env.AWS_REGION ?? 'eu-central-1',
  credentials: process.env.AWS_ACCESS_KEY_ID
    ? {
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
      }
    : fromIni({ profile: 'invoices' }),
});

export async function store(key: string, body: Uint8Array): Promise<string> {
  await s3.send(new PutObjectCommand({ Bucket: 'invoices', Key: key, Body: body }));
  return `s3://invoices/${key}`;
}

//: bad typeorm-datasource
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { JwtModule } from '@nestjs/jwt';
import { Invoice } from './invoice.entity';

export const source = new DataSource({
  type: 'postgres',
  host: 'db.prod.invalid',
  port: 5432,
  username: 'billing',
  password: 'Tr0ub4dor<|>-W7xkz9Pq', //!
  database: 'billing',
  entities: [Invoice],
  ssl: true,
});

export const jwt = JwtModule.register({
  secret: 'c8f1b0d7e24a<|>9b63f5de71a0c9b2', //!
  signOptions: { expiresIn: '15m' },
});

//: good typeorm-datasource
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { JwtModule } from '@nestjs/jwt';
import { ConfigService } from '@nestjs/config';
import { Invoice } from './invoice.entity';

export const source = new DataSource({
  type: 'postgres',
  host: process.env.DB_HOST ?? 'localhost',
  port: 5432,
  username: process.env.DB_USER ?? 'postgres',
  password: process.env.DB_PASSWORD,
  database: 'billing',
  entities: [Invoice],
  ssl: true,
});

export const jwt = JwtModule.registerAsync({
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({
    secret: config.getOrThrow<string>('JWT_SECRET'),
    signOptions: { expiresIn: '15m' },
  }),
});

export const PASSWORD_FIELD = 'password';
export const TOKEN_PLACEHOLDER = '<your token here>';
