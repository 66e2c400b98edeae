//: bad buffer-size
import { createServer, Socket } from 'net';

createServer((socket: Socket) => {
  socket.once('data', (head: Buffer) => {
    const body: Buffer = Buffer.allocUnsafe(head.readUInt32LE(0)); //!
    socket.end(body);
  });
}).listen(7001);

//: good buffer-size
import { createServer, Socket } from 'net';

createServer((socket: Socket) => {
  socket.once('data', (head: Buffer) => {
    const body: Buffer = Buffer.alloc(Math.min(head.length, 64));
    socket.end(body);
  });
}).listen(7001, 'localhost');
