//: bad alloc-unsafe
const net = require('net');

net.createServer((socket) => {
  socket.on('data', (chunk) => {
    const size = chunk.readUInt32BE(0);
    const answer = Buffer.allocUnsafe(size); //!
    chunk.copy(answer, 0, 4);
    socket.write(answer);
  });
}).listen(7000);

//: good alloc-unsafe
const net = require('net');

net.createServer((socket) => {
  socket.on('data', (chunk) => {
    const size = Math.min(chunk.readUInt32BE(0), 4096);
    const answer = Buffer.alloc(size);
    chunk.copy(answer, 0, 4);
    socket.write(answer);
  });
}).listen(7000);
