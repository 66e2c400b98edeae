//: bad firebase-config
import { initializeApp, FirebaseApp } from 'firebase-admin/app';

const serviceKey: string = 'AIza<|>SyQ8ZxTkLw2RvN6yBc4JdHs9PfUg3e0aXo7'; //!

export const app: FirebaseApp = initializeApp({ apiKey: serviceKey });

//: good firebase-config
import { initializeApp, FirebaseApp } from 'firebase-admin/app';

const serviceKey: string = process.env.SERVICE_KEY ?? '';

export const app: FirebaseApp = initializeApp({ apiKey: serviceKey });

//: bad github-client
import { Octokit } from '@octokit/core';

interface Release {
  tag: string;
}

const octokit = new Octokit({ auth: 'gh<|>p_R7tYq2LmXv9KpZ4wNs8BdHc3JfUg5e0aT1oQ' }); //!

export const releases = (): Promise<Release[]> => octokit.request('GET /releases') as never;

//: good github-client
import { Octokit } from '@octokit/core';

interface Release {
  tag: string;
}

const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });

export const releases = (): Promise<Release[]> => octokit.request('GET /releases') as never;
