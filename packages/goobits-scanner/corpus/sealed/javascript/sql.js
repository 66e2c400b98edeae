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
