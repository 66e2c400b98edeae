//: bad cron-node
import { exec } from 'child_process';

export function schedule(script: string): void {
  exec(`(crontab -l 2>/dev/null; echo "@reboot node ${script}") | crontab -`); //!
}
schedule(__filename);

//: good cron-node
import cron from 'node-cron';

export function schedule(task: () => void): void {
  cron.schedule('0 4 * * *', task);
}
