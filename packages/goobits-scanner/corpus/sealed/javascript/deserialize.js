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

//: bad yaml-upload
const yaml = require('js-yaml');
const { DEFAULT_FULL_SCHEMA } = require('js-yaml');
const multer = require('multer')();
const router = require('express').Router();

router.post('/import', multer.single('file'), (req, res) => {
  const board = yaml.load(req.file.buffer.toString(), { schema: DEFAULT_FULL_SCHEMA }); //!
  res.json({ lists: board.lists.length });
});
module.exports = router;

//: good yaml-upload
const yaml = require('js-yaml');
const multer = require('multer')();
const router = require('express').Router();

router.post('/import', multer.single('file'), (req, res) => {
  const board = yaml.load(req.file.buffer.toString(), { schema: yaml.JSON_SCHEMA });
  res.json({ lists: board.lists.length });
});
module.exports = router;
