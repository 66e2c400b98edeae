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

//: bad fastify-webhook-test
import Fastify from 'fastify';
import got, { type OptionsInit } from 'got';

interface Hook {
  host: string;
  port?: number;
  path?: string;
}

const app = Fastify();

app.post<{ Body: Hook }>('/hooks/test', async (request) => {
  const { host, port = 443, path = '/' } = request.body;
  const options: OptionsInit = {
    json: { event: 'ping', at: Date.now() },
    https: { rejectUnauthorized: false }, //!
    throwHttpErrors: false,
  };
  const response = await got.post(`https://${host}:${port}${path}`, options); //!
  return { status: response.statusCode };
});

await app.listen({ port: 3000 });

//: good fastify-webhook-test
import Fastify from 'fastify';
import got, { type OptionsInit } from 'got';
import { hooks } from './store.js';

interface Hook {
  id: string;
}

const app = Fastify();

app.post<{ Body: Hook }>('/hooks/test', async (request, reply) => {
  const hook = await hooks.find(request.body.id);
  if (!hook) return reply.code(404).send();
  const options: OptionsInit = {
    json: { event: 'ping', at: Date.now() },
    https: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    timeout: { request: 5000 },
    throwHttpErrors: false,
  };
  const response = await got.post('https://hooks-gateway.invalid/deliver', { ...options, headers: { 'x-hook': hook.id } });
  return { status: response.statusCode };
});

await app.listen({ port: 3000 });
