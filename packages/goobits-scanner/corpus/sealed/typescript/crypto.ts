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

//: bad nest-password-digest
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import * as crypto from 'crypto';
import { User } from './user.entity';

@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private readonly repo: Repository<User>) {}

  private hash(password: string): string {
    return crypto.createHash('md5').update(password).digest('hex'); //!
  }

  async register(email: string, password: string): Promise<User> {
    return this.repo.save(this.repo.create({ email, password: this.hash(password) }));
  }

  async check(email: string, password: string): Promise<boolean> {
    const user = await this.repo.findOneBy({ email });
    return user?.password === this.hash(password);
  }
}

//: good nest-password-digest
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import * as crypto from 'crypto';
import * as argon2 from 'argon2';
import { User } from './user.entity';

@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private readonly repo: Repository<User>) {}

  /** ETag of the public profile. */
  etag(user: User): string {
    return crypto.createHash('sha256').update(`${user.id}:${user.updatedAt}`).digest('base64url');
  }

  async register(email: string, password: string): Promise<User> {
    const hash = await argon2.hash(password, { type: argon2.argon2id });
    return this.repo.save(this.repo.create({ email, password: hash }));
  }

  async check(email: string, password: string): Promise<boolean> {
    const user = await this.repo.findOneBy({ email });
    return user !== null && argon2.verify(user.password, password);
  }
}
