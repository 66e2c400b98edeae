//: bad password-hash
const crypto = require('crypto');

class Users {
  constructor(db) {
    this.db = db;
  }

  async create(name, password) {
    const hash = crypto.createHash('md5').update(password).digest('hex'); //!
    return this.db.insert({ name, hash });
  }
}

module.exports = Users;

//: good password-hash
const crypto = require('crypto');

class Users {
  constructor(db) {
    this.db = db;
  }

  async create(name, password) {
    const salt = crypto.randomBytes(16);
    const hash = crypto.scryptSync(password, salt, 64).toString('hex');
    return this.db.insert({ name, salt, hash });
  }
}

module.exports = Users;

//: bad create-cipher
const { createCipheriv } = require('crypto');

function encrypt(key, text) {
  const cipher = createCipheriv('aes-128-ecb', key, null); //!
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
}

module.exports = { encrypt };

//: good create-cipher
const { createCipheriv, randomBytes } = require('crypto');

function encrypt(key, text) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
  return { nonce, body, tag: cipher.getAuthTag() };
}

module.exports = { encrypt };

//: bad static-iv
import crypto from 'crypto';

const IV = Buffer.from('0123456789abcdef');

export const seal = (key, data) => {
  const cipher = crypto.createCipheriv('aes-256-cbc', key, IV); //!
  return Buffer.concat([cipher.update(data), cipher.final()]);
};

//: good static-iv
import crypto from 'crypto';

export const seal = (key, data) => {
  const iv = crypto.randomBytes(16);
  const cipher = crypto.createCipheriv('aes-256-ctr', key, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
};

//: bad crypto-js
import CryptoJS from 'crypto-js';

export function verifyLogin(password, stored) {
  return CryptoJS.SHA1(password).toString() === stored; //!
}

//: good crypto-js
import bcrypt from 'bcrypt';

export function verifyLogin(password, stored) {
  return bcrypt.compare(password, stored);
}

//: bad vault-cipher
import { createCipheriv, createDecipheriv } from 'node:crypto';

const IV = Buffer.alloc(16, 0);

export class Vault {
  #key;
  constructor(key) { this.#key = key; }

  seal(text) {
    const cipher = createCipheriv('aes-256-cbc', this.#key, IV); //!
    return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
  }
}

//: good vault-cipher
import { createCipheriv, randomBytes } from 'node:crypto';

export class Vault {
  #key;
  constructor(key) { this.#key = key; }

  seal(text) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('hex');
  }
}
