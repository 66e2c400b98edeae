//: bad pg-template
import pg from 'pg';

const pool = new pg.Pool();

export async function orders(request, reply) {
  const { status, sort } = request.query;
  const sql = `SELECT * FROM orders WHERE status = '${status}' ORDER BY ${sort}`;
  const { rows } = await pool.query(sql); //!
  return reply.send(rows);
}

//: good pg-template
import pg from 'pg';

const pool = new pg.Pool();

export async function orders(request, reply) {
  const { status } = request.query;
  const sql = 'SELECT * FROM orders WHERE status = $1 ORDER BY placed';
  const { rows } = await pool.query(sql, [status]);
  return reply.send(rows);
}

//: bad knex-raw
const knex = require('knex')({ client: 'pg' });

module.exports = async (ctx) => {
  const term = ctx.request.body.term;
  ctx.body = await knex('articles').whereRaw(`title ILIKE '%${term}%'`); //!
};

//: good knex-raw
const knex = require('knex')({ client: 'pg' });

module.exports = async (ctx) => {
  const term = ctx.request.body.term;
  ctx.body = await knex('articles').whereRaw('title ILIKE ?', [`%${term}%`]);
};

//: bad sequelize-literal
const { Sequelize } = require('sequelize');

const db = new Sequelize(process.env.DATABASE_URL);

exports.find = async (req, res) => {
  const [rows] = await db.query('SELECT id FROM users WHERE mail = "' + req.params.mail + '"'); //!
  res.json({ exists: rows.length > 0 });
};

//: good sequelize-literal
const { Sequelize, QueryTypes } = require('sequelize');

const db = new Sequelize(process.env.DATABASE_URL);

exports.find = async (req, res) => {
  const rows = await db.query('SELECT id FROM users WHERE mail = :mail', {
    replacements: { mail: req.params.mail },
    type: QueryTypes.SELECT,
  });
  res.json({ exists: rows.length > 0 });
};

//: bad class-repository
class Repository {
  #db;

  constructor(db) {
    this.#db = db;
  }

  find(filter) {
    const where = Object.entries(filter).map(([name, value]) => `${name} = '${value}'`).join(' AND ');
    return this.#db.query(`SELECT * FROM tickets WHERE ${where}`); //!
  }
}

module.exports = (db) => (req, res) => new Repository(db).find(req.query).then((rows) => res.json(rows));

//: good class-repository
class Repository {
  #db;

  constructor(db) {
    this.#db = db;
  }

  find(state, owner) {
    const where = ['state', 'owner'].map((name) => `${name} = ?`).join(' AND ');
    return this.#db.query(`SELECT * FROM tickets WHERE ${where}`, [state, owner]);
  }
}

module.exports = (db) => (req, res) =>
  new Repository(db).find(req.query.state, req.query.owner).then((rows) => res.json(rows));
