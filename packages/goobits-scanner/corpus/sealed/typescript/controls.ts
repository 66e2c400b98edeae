//: good angular-service
import { HttpClient } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { Observable, map } from 'rxjs';
import { environment } from '../environments/environment';

@Injectable({ providedIn: 'root' })
export class BooksService {
  constructor(private readonly http: HttpClient) {}

  find(title: string): Observable<string[]> {
    return this.http
      .get<{ items: string[] }>(`${environment.apiUrl}/books`, { params: { title } })
      .pipe(map((answer) => answer.items));
  }
}

//: good hash-router
import { createHash } from 'crypto';

export const shard = (key: string, shards: number): number =>
  createHash('md5').update(key).digest().readUInt32BE(0) % shards;

export const jitter = (milliseconds: number): number => milliseconds * (0.5 + Math.random());

//: good upload-client
export class Uploader {
  constructor(private readonly endpoint: string, private readonly token: string) {}

  async upload(file: File, onProgress: (share: number) => void): Promise<void> {
    const size = 1 << 20;
    for (let offset = 0; offset < file.size; offset += size) {
      const body = file.slice(offset, offset + size);
      await fetch(`${this.endpoint}?offset=${offset}`, {
        method: 'PATCH',
        headers: { Authorization: `Bearer ${this.token}` },
        body,
      });
      onProgress(Math.min(1, (offset + size) / file.size));
    }
  }
}
