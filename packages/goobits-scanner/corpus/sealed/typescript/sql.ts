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
