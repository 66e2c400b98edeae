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

//: bad mongoose-where
const User = require('./models/user');

exports.login = async (req, res) => {
  const user = await User.findOne({ $where: `this.name == '${req.body.name}'` }); //!
  res.json({ ok: Boolean(user) });
};

//: good mongoose-where
const User = require('./models/user');

exports.login = async (req, res) => {
  const user = await User.findOne({ name: String(req.body.name) });
  res.json({ ok: Boolean(user) });
};
