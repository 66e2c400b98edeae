//: bad body-keys
import { Request, Response } from 'express';

const rooms: Record<string, Record<string, string>> = {};

export function update(req: Request, res: Response): void {
  const { room, key, value } = req.body;
  rooms[room][key] = value; //!
  res.sendStatus(204);
}

//: good body-keys
import { Request, Response } from 'express';

const rooms = new Map<string, Map<string, string>>();

export function update(req: Request, res: Response): void {
  const { room, key, value } = req.body;
  rooms.get(room)?.set(key, value);
  res.sendStatus(204);
}
