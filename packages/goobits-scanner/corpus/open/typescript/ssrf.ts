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
