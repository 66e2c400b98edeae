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
