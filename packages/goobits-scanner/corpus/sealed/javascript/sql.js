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
