//: bad sequelize-order
import { Sequelize, QueryTypes } from 'sequelize';
import { Request, Response } from 'express';

export const list = (db: Sequelize) => async (req: Request, res: Response) => {
  const statement = 'SELECT * FROM items ORDER BY ' + req.query.sort;
  res.json(await db.query(statement, { type: QueryTypes.SELECT })); //!
};

//: good sequelize-order
import { Sequelize, QueryTypes } from 'sequelize';
import { Request, Response } from 'express';

export const list = (db: Sequelize) => async (req: Request, res: Response) => {
  const statement = 'SELECT * FROM items ORDER BY ' + (req.query.sort === 'price' ? 'price' : 'name');
  res.json(await db.query(statement, { type: QueryTypes.SELECT }));
};

//: bad prisma-raw
import { PrismaClient } from '@prisma/client';
import type { FastifyInstance } from 'fastify';

const prisma = new PrismaClient();

export default async function routes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { city: string } }>('/shops', async (request) => {
    return prisma.$queryRawUnsafe(`SELECT * FROM shops WHERE city = '${request.query.city}'`); //!
  });
}

//: good prisma-raw
import { PrismaClient } from '@prisma/client';
import type { FastifyInstance } from 'fastify';

const prisma = new PrismaClient();

export default async function routes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { city: string } }>('/shops', async (request) => {
    return prisma.$queryRaw`SELECT * FROM shops WHERE city = ${request.query.city}`;
  });
}
