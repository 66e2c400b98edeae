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

//: bad knex-order
const knex = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL });

module.exports = async function list(ctx) {
  const { sort = 'id', dir = 'asc' } = ctx.request.query;
  ctx.body = await knex('articles').select('*').orderByRaw(`${sort} ${dir}`); //!
};

//: good knex-order
const knex = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL });
const COLUMNS = new Set(['id', 'title', 'created_at']);

module.exports = async function list(ctx) {
  const { sort = 'id', dir = 'asc' } = ctx.request.query;
  const column = COLUMNS.has(sort) ? sort : 'id';
  ctx.body = await knex('articles').select('*').orderBy(column, dir === 'desc' ? 'desc' : 'asc');
};

//: bad mongo-login
const User = require('./models/user');

exports.login = async (req, res) => {
  const user = await User.findOne({ email: req.body.email, $where: `this.pin == '${req.body.pin}'` }); //!
  if (!user) return res.sendStatus(401);
  req.session.user = user.id;
  res.redirect('/');
};

//: good mongo-login
const bcrypt = require('bcrypt');
const User = require('./models/user');

exports.login = async (req, res) => {
  const user = await User.findOne({ email: String(req.body.email) });
  if (!user || !(await bcrypt.compare(req.body.pin, user.pinHash))) return res.sendStatus(401);
  req.session.user = user.id;
  res.redirect('/');
};
