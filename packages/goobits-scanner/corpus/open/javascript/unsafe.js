//: bad uninitialised-buffer
const net = require('net');

net.createServer((socket) => {
  socket.on('data', (chunk) => {
    const size = chunk.readUInt16BE(0);
    const answer = Buffer.allocUnsafe(size); //!
    chunk.copy(answer, 0, 2);
    socket.write(answer);
  });
}).listen(7000);

//: good uninitialised-buffer
const net = require('net');

net.createServer((socket) => {
  socket.on('data', (chunk) => {
    const size = Math.min(chunk.readUInt16BE(0), 1024);
    const answer = Buffer.alloc(size);
    chunk.copy(answer, 0, 2);
    socket.write(answer);
  });
}).listen(7000);
