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
