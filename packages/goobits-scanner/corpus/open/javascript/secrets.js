//: bad stripe-key
const stripe = require('stripe')('sk_live_<|>51Kx8RqTwLm2ZvN6yBc4JdHs9PfU3e0a'); //!

exports.charge = (amount, source) =>
  stripe.charges.create({ amount, source, currency: 'eur' });

//: good stripe-key
const stripe = require('stripe')(process.env.STRIPE_KEY || 'sk_live_your_key_here');

exports.charge = (amount, source) =>
  stripe.charges.create({ amount, source, currency: 'eur' });

//: bad mongo-url
import mongoose from 'mongoose';

const url = 'mongodb+srv://shop:Vq8LmZ2x<|>Tk5Rw@cluster0.example.invalid/shop'; //!

export const connect = () => mongoose.connect(url);

//: good mongo-url
import mongoose from 'mongoose';

const url = `mongodb+srv://shop:${process.env.MONGO_PASSWORD}@cluster0.example.invalid/shop`;

export const connect = () => mongoose.connect(url);

//: bad jwt-secret
const jwt = require('jsonwebtoken');

const JWT_SECRET = 'q7Zx!v2L<|>mTk5RwN8yBc4Jd'; //!

exports.sign = (user) => jwt.sign({ sub: user.id }, JWT_SECRET, { expiresIn: '1h' });

//: good jwt-secret
const jwt = require('jsonwebtoken');

const { JWT_SECRET } = process.env;

exports.sign = (user) => jwt.sign({ sub: user.id }, JWT_SECRET, { expiresIn: '1h' });

//: bad stripe-setup
const Stripe = require('stripe');

const stripe = Stripe('sk_li<|>ve_9aQmW2xRt7LpZk4VnYc8BdHs'); //!

exports.charge = (amount) => stripe.paymentIntents.create({ amount, currency: 'eur' });

//: good stripe-setup
const Stripe = require('stripe');

const stripe = Stripe(process.env.STRIPE_SECRET_KEY);

exports.charge = (amount) => stripe.paymentIntents.create({ amount, currency: 'eur' });
