//: bad v8-deserialize
const net = require('net');
const v8 = require('v8');
const { deserialize } = require('serialize-to-js');

net
  .createServer((socket) => {
    socket.on('data', (chunk) => {
      const task = deserialize(chunk.toString()); //!
      socket.write(v8.serialize(task.run()));
    });
  })
  .listen(9000);

//: good v8-deserialize
const net = require('net');

const tasks = { ping: () => 'pong' };

net
  .createServer((socket) => {
    socket.on('data', (chunk) => {
      const task = JSON.parse(chunk.toString());
      socket.write(tasks[task.name]());
    });
  })
  .listen(9000, '127.0.0.1');
