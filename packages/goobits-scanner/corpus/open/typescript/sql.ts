//: bad typeorm-query
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class ReportService {
  constructor(private readonly source: DataSource) {}

  async byCustomer(name: string): Promise<unknown[]> {
    return this.source.query(`SELECT * FROM reports WHERE customer = '${name}'`); //!
  }
}

//: good typeorm-query
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class ReportService {
  constructor(private readonly source: DataSource) {}

  async byCustomer(name: string): Promise<unknown[]> {
    return this.source.query('SELECT * FROM reports WHERE customer = $1', [name]);
  }
}

//: bad prisma-unsafe
import { PrismaClient } from '@prisma/client';
import type { Request, Response } from 'express';

const prisma = new PrismaClient();

export async function search(req: Request, res: Response): Promise<void> {
  const term = req.query.term as string;
  const rows = await prisma.$queryRawUnsafe(`SELECT id FROM posts WHERE title LIKE '%${term}%'`); //!
  res.json(rows);
}

//: good prisma-unsafe
import { PrismaClient } from '@prisma/client';
import type { Request, Response } from 'express';

const prisma = new PrismaClient();

export async function search(req: Request, res: Response): Promise<void> {
  const term = `%${req.query.term as string}%`;
  const rows = await prisma.$queryRaw`SELECT id FROM posts WHERE title LIKE ${term}`;
  res.json(rows);
}

//: bad typeorm-where
import { Repository } from 'typeorm';
import type { Request, Response } from 'express';
import { Invoice } from './invoice';

export const list = (invoices: Repository<Invoice>) => async (req: Request, res: Response) => {
  const rows = await invoices
    .createQueryBuilder('i')
    .where(`i.customer = '${req.query.customer}'`) //!
    .getMany();
  res.json(rows);
};

//: good typeorm-where
import { Repository } from 'typeorm';
import type { Request, Response } from 'express';
import { Invoice } from './invoice';

export const list = (invoices: Repository<Invoice>) => async (req: Request, res: Response) => {
  const rows = await invoices
    .createQueryBuilder('i')
    .where('i.customer = :customer', { customer: req.query.customer })
    .getMany();
  res.json(rows);
};

//: bad typeorm-user-filter
import { Request, Response } from 'express';
import { dataSource } from '../data-source';
import { User } from '../entities/user';

export async function listUsers(req: Request, res: Response): Promise<void> {
  const { name, role } = req.query as { name?: string; role?: string };
  const qb = dataSource.getRepository(User).createQueryBuilder('u').where('u.active = true');
  if (role) qb.andWhere('u.role = :role', { role });
  if (name) qb.andWhere("u.name LIKE '%" + name + "%'"); //!
  res.json(await qb.take(50).getMany());
}

//: good typeorm-user-filter
import { Request, Response } from 'express';
import { dataSource } from '../data-source';
import { User } from '../entities/user';

export async function listUsers(req: Request, res: Response): Promise<void> {
  const { name, role } = req.query as { name?: string; role?: string };
  const qb = dataSource.getRepository(User).createQueryBuilder('u').where('u.active = true');
  if (role) qb.andWhere('u.role = :role', { role });
  if (name) qb.andWhere('u.name LIKE :name', { name: '%' + name + '%' });
  res.json(await qb.take(50).getMany());
}

//: bad knex-sort-column
import Koa from 'koa';
import Router from '@koa/router';
import knexFactory, { type Knex } from 'knex';

const knex: Knex = knexFactory({ client: 'pg', connection: process.env.DATABASE_URL });
const router = new Router({ prefix: '/products' });

router.get('/', async (ctx) => {
  const { sort = 'name', dir = 'asc', tag } = ctx.query as Record<string, string>;
  let query = knex('products').select('id', 'name', 'price').limit(100);
  if (tag) query = query.where({ tag });
  ctx.body = await query.orderByRaw(`${sort} ${dir} NULLS LAST`); //!
});

new Koa().use(router.routes()).listen(3000);

//: good knex-sort-column
import Koa from 'koa';
import Router from '@koa/router';
import knexFactory, { type Knex } from 'knex';

const knex: Knex = knexFactory({ client: 'pg', connection: process.env.DATABASE_URL });
const router = new Router({ prefix: '/products' });
const columns = ['name', 'price', 'created_at'];

router.get('/', async (ctx) => {
  const { sort = 'name', dir = 'asc', tag } = ctx.query as Record<string, string>;
  const column = columns.includes(sort) ? sort : 'name';
  let query = knex('products').select('id', 'name', 'price').limit(100);
  if (tag) query = query.whereRaw('lower(tag) = lower(?)', [tag]);
  ctx.body = await query.orderBy(column, dir === 'desc' ? 'desc' : 'asc', 'last');
});

new Koa().use(router.routes()).listen(3000);

//: bad mongoose-where-age
import { Router } from 'express';
import { model, Schema } from 'mongoose';

interface Member {
  name: string;
  age: number;
  pin: string;
}

const Members = model<Member>('Member', new Schema<Member>({ name: String, age: Number, pin: String }));
export const members = Router();

members.get('/older', async (req, res) => {
  const found = await Members.find({ $where: `this.age > ${req.query.than}` }); //!
  res.json(found.map((m) => m.name));
});

members.post('/login', async (req, res) => {
  const member = await Members.findOne({ name: req.body.name, pin: req.body.pin }); //!
  res.sendStatus(member ? 204 : 401);
});

//: good mongoose-where-age
import { Router } from 'express';
import { model, Schema, set } from 'mongoose';
import bcrypt from 'bcrypt';

interface Member {
  name: string;
  age: number;
  pinHash: string;
}

set('sanitizeFilter', true);
const Members = model<Member>('Member', new Schema<Member>({ name: String, age: Number, pinHash: String }));
export const members = Router();

members.get('/older', async (req, res) => {
  const than = Number(req.query.than);
  if (Number.isNaN(than)) return res.sendStatus(400);
  const found = await Members.find({ age: { $gt: than } });
  return res.json(found.map((m) => m.name));
});

members.post('/login', async (req, res) => {
  const member = await Members.findOne({ name: { $eq: String(req.body.name) } });
  const ok = member !== null && (await bcrypt.compare(String(req.body.pin), member.pinHash));
  res.sendStatus(ok ? 204 : 401);
});
