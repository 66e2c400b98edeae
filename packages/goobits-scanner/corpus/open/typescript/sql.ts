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
