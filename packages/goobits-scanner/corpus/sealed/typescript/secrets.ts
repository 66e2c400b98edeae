//: bad typeorm-source
import { DataSource } from 'typeorm';

export const source = new DataSource({
  type: 'postgres',
  host: 'db.example.invalid',
  username: 'orders',
  password: 'w7Rk!z2Q<|>x9LmVt4Y', //!
  database: 'orders',
});

//: good typeorm-source
import { DataSource } from 'typeorm';

export const source = new DataSource({
  type: 'postgres',
  host: 'db.example.invalid',
  username: 'orders',
  password: process.env.DB_PASSWORD,
  database: 'orders',
});
