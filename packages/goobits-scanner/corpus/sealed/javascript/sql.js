//: bad mysql-query
const mysql = require('mysql2');
const app = require('express')();

const pool = mysql.createPool({ host: 'localhost', database: 'shop' });

app.get('/products', (req, res) => {
  pool.query("SELECT * FROM products WHERE name = '" + req.query.name + "'", (err, rows) => { //!
    res.json(rows);
  });
});

//: good mysql-query
const mysql = require('mysql2');
const app = require('express')();

const pool = mysql.createPool({ host: 'localhost', database: 'shop' });

app.get('/products', (req, res) => {
  pool.query('SELECT * FROM products WHERE name = ?', [req.query.name], (err, rows) => {
    res.json(rows);
  });
});

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

//: bad order-search
const mysql = require('mysql2/promise');
const pool = mysql.createPool({ uri: process.env.MYSQL_URI });

exports.search = async (req, res) => {
  const clauses = [];
  if (req.query.from) clauses.push(`created >= '${req.query.from}'`);
  const sql = 'SELECT * FROM orders WHERE ' + clauses.join(' AND ');
  const [rows] = await pool.query(sql); //!
  res.json(rows);
};

//: good order-search
const mysql = require('mysql2/promise');
const pool = mysql.createPool({ uri: process.env.MYSQL_URI });

exports.search = async (req, res) => {
  const clauses = ['1 = 1'];
  const values = [];
  if (req.query.from) {
    clauses.push('created >= ?');
    values.push(req.query.from);
  }
  const [rows] = await pool.query('SELECT * FROM orders WHERE ' + clauses.join(' AND '), values);
  res.json(rows);
};
