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
