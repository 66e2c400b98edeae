//: bad avatar-fetch
import { Body, Controller, Post } from '@nestjs/common';
import axios from 'axios';

@Controller('avatar')
export class AvatarController {
  @Post()
  async fetch(@Body() body: { url: string }): Promise<string> {
    const answer = await axios.get<ArrayBuffer>(body.url, { responseType: 'arraybuffer' }); //!
    return Buffer.from(answer.data).toString('base64');
  }
}

//: good avatar-fetch
import { Body, Controller, Post } from '@nestjs/common';
import axios from 'axios';

@Controller('avatar')
export class AvatarController {
  @Post()
  async fetch(@Body() body: { hash: string }): Promise<string> {
    const answer = await axios.get<ArrayBuffer>('https://avatars.example.invalid/', { params: body });
    return Buffer.from(answer.data).toString('base64');
  }
}

//: bad nest-proxy
import { Body, Controller, Post } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';

@Controller('import')
export class ImportController {
  constructor(private readonly http: HttpService) {}

  @Post()
  async fetch(@Body('feed') feed: string): Promise<unknown> {
    const { data } = await firstValueFrom(this.http.get(feed)); //!
    return data;
  }
}

//: good nest-proxy
import { Body, Controller, Post } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';

@Controller('import')
export class ImportController {
  constructor(private readonly http: HttpService) {}

  @Post()
  async fetch(@Body('feed') feed: string): Promise<unknown> {
    const url = `https://feeds.example.invalid/${encodeURIComponent(feed)}`;
    const { data } = await firstValueFrom(this.http.get(url));
    return data;
  }
}

//: bad next-image-proxy as pages/api/proxy.ts
import type { NextApiRequest, NextApiResponse } from 'next';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { src } = req.query;
  if (typeof src !== 'string') {
    res.status(400).end();
    return;
  }
  const upstream = await fetch(src, { headers: { accept: 'image/*' } }); //!
  res.setHeader('content-type', upstream.headers.get('content-type') ?? 'image/png');
  res.setHeader('cache-control', 'public, max-age=3600');
  res.send(Buffer.from(await upstream.arrayBuffer()));
}

//: good next-image-proxy as pages/api/proxy.ts
import type { NextApiRequest, NextApiResponse } from 'next';

const HOSTS = new Set(['images.shop.invalid', 'cdn.shop.invalid']);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { src } = req.query;
  if (typeof src !== 'string' || !URL.canParse(src)) {
    res.status(400).end();
    return;
  }
  const url = new URL(src);
  if (url.protocol !== 'https:' || !HOSTS.has(url.hostname)) {
    res.status(403).end();
    return;
  }
  const upstream = await fetch(url, { headers: { accept: 'image/*' }, redirect: 'error' });
  res.setHeader('content-type', 'image/webp');
  res.setHeader('x-content-type-options', 'nosniff');
  res.send(Buffer.from(await upstream.arrayBuffer()));
}
