//: bad reset-token
export function createResetToken(user) {
  const token = Math.random().toString(36).slice(2) + Date.now().toString(36); //!
  return { user: user.id, token, expires: Date.now() + 3600_000 };
}

//: good reset-token
import { randomBytes } from 'node:crypto';

export function createResetToken(user) {
  const token = randomBytes(24).toString('hex');
  return { user: user.id, token, expires: Date.now() + 3600_000 };
}

//: bad weak-keypair
const { generateKeyPairSync } = require('node:crypto');

exports.issue = function issue() {
  return generateKeyPairSync('rsa', { modulusLength: 1024 }); //!
};

//: good weak-keypair
const { generateKeyPairSync } = require('node:crypto');

exports.issue = function issue() {
  return generateKeyPairSync('rsa', { modulusLength: 3072 });
};

//: bad mailed-token
const users = require('../models/users');

exports.requestReset = async (req, res) => {
  const token = Math.random().toString(36).slice(2) + Date.now().toString(36); //!
  await users.update({ email: req.body.email }, { resetToken: token });
  res.sendStatus(204);
};

//: good mailed-token
const { randomBytes } = require('crypto');
const users = require('../models/users');

exports.requestReset = async (req, res) => {
  const token = randomBytes(32).toString('hex');
  await users.update({ email: req.body.email }, { resetToken: token });
  res.sendStatus(204);
};
