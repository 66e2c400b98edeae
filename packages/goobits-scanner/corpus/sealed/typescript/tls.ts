//: bad undici-dispatcher
import { Agent, fetch } from 'undici';

const dispatcher = new Agent({ connect: { rejectUnauthorized: false } }); //!

export const rates = async (): Promise<Record<string, number>> =>
  (await fetch('https://rates.example.invalid/eur', { dispatcher })).json() as Promise<Record<string, number>>;

//: good undici-dispatcher
import { Agent, fetch } from 'undici';

const dispatcher = new Agent({ connect: { timeout: 5_000 } });

export const rates = async (): Promise<Record<string, number>> =>
  (await fetch('https://rates.example.invalid/eur', { dispatcher })).json() as Promise<Record<string, number>>;

//: bad ldap-agent-tls
import axios from 'axios';
import https from 'node:https';
import { readFileSync } from 'node:fs';

export const directory = axios.create({
  baseURL: 'https://directory.corp.invalid/api',
  timeout: 10_000,
  httpsAgent: new https.Agent({
    keepAlive: true,
    cert: readFileSync('/etc/app/client.pem'),
    key: readFileSync('/etc/app/client.key'),
    checkServerIdentity: () => undefined, //!
  }),
});

export const lookup = (uid: string) => directory.get(`/people/${encodeURIComponent(uid)}`);

//: good ldap-agent-tls
import axios from 'axios';
import https from 'node:https';
import tls from 'node:tls';
import { readFileSync } from 'node:fs';

export const directory = axios.create({
  baseURL: 'https://directory.corp.invalid/api',
  timeout: 10_000,
  httpsAgent: new https.Agent({
    keepAlive: true,
    ca: readFileSync('/etc/app/corp-root.pem'),
    cert: readFileSync('/etc/app/client.pem'),
    key: readFileSync('/etc/app/client.key'),
    rejectUnauthorized: true,
    checkServerIdentity: (host, cert) =>
      cert.subject.O === 'Corp' ? tls.checkServerIdentity(host, cert) : new Error(`not ours: ${host}`),
  }),
});

export const lookup = (uid: string) => directory.get(`/people/${encodeURIComponent(uid)}`);
