//: bad firebase-config
import { initializeApp, FirebaseApp } from 'firebase-admin/app';

const serviceKey: string = 'AIza<|>SyQ8ZxTkLw2RvN6yBc4JdHs9PfUg3e0aXo7'; //!

export const app: FirebaseApp = initializeApp({ apiKey: serviceKey });

//: good firebase-config
import { initializeApp, FirebaseApp } from 'firebase-admin/app';

const serviceKey: string = process.env.SERVICE_KEY ?? '';

export const app: FirebaseApp = initializeApp({ apiKey: serviceKey });
