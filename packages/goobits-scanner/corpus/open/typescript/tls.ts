//: bad agent-options
import { Agent } from 'node:https';
import axios, { AxiosInstance } from 'axios';

const options = { keepAlive: true, rejectUnauthorized: false };

export function client(baseURL: string): AxiosInstance {
  return axios.create({ baseURL, httpsAgent: new Agent(options) }); //!
}

//: good agent-options
import { Agent } from 'node:https';
import axios, { AxiosInstance } from 'axios';

const options = { keepAlive: true, rejectUnauthorized: true };

export function client(baseURL: string): AxiosInstance {
  return axios.create({ baseURL, httpsAgent: new Agent(options) });
}

//: bad got-https
import got, { Got } from 'got';

export const http: Got = got.extend({
  prefixUrl: 'https://stock.example.invalid',
  https: { rejectUnauthorized: false }, //!
});

//: good got-https
import got, { Got } from 'got';
import { readFileSync } from 'fs';

export const http: Got = got.extend({
  prefixUrl: 'https://stock.example.invalid',
  https: { certificateAuthority: readFileSync('ca.pem') },
});
