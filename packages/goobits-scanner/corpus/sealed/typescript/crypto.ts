//: bad md5-password
import { createHash } from 'node:crypto';

export class PasswordService {
  hash(password: string): string {
    return createHash('md5').update(`${password}:pepper`).digest('base64'); //!
  }
}

//: good md5-password
import { randomBytes, scryptSync } from 'node:crypto';

export class PasswordService {
  hash(password: string): string {
    const salt: Buffer = randomBytes(16);
    return `${salt.toString('hex')}:${scryptSync(password, salt, 64).toString('hex')}`;
  }
}
