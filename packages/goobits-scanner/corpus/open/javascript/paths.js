//: bad send-file
const path = require('path');
const express = require('express');

const app = express();

app.get('/download', (req, res) => {
  res.sendFile(path.join(__dirname, 'files', req.query.name)); //!
});

//: good send-file
const path = require('path');
const express = require('express');

const app = express();

app.get('/download', (req, res) => {
  res.sendFile(path.basename(req.query.name), { root: path.join(__dirname, 'files') });
});

//: bad read-note
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const text = await readFile('./notes/' + url.searchParams.get('id'), 'utf8'); //!
  res.end(text);
}).listen(8000);

//: good read-note
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const id = Number.parseInt(url.searchParams.get('id'), 10);
  const text = await readFile(`./notes/${id}.txt`, 'utf8');
  res.end(text);
}).listen(8000);

//: bad zip-entries
const fs = require('fs');
const path = require('path');
const unzipper = require('unzipper');

module.exports = (file, target) =>
  fs
    .createReadStream(file)
    .pipe(unzipper.Parse())
    .on('entry', (entry) => {
      const place = path.join(target, entry.path);
      entry.pipe(fs.createWriteStream(place)); //!
    });

//: good zip-entries
const fs = require('fs');
const path = require('path');
const unzipper = require('unzipper');

module.exports = (file, target) =>
  fs
    .createReadStream(file)
    .pipe(unzipper.Parse())
    .on('entry', (entry) => {
      const place = path.resolve(target, entry.path);
      if (!place.startsWith(path.resolve(target) + path.sep)) return entry.autodrain();
      return entry.pipe(fs.createWriteStream(place));
    });

//: bad avatar-file
const fs = require('fs/promises');
const { join } = require('path');

module.exports = (app) => {
  app.get('/avatars/:file', async (req, res) => {
    const full = join('/srv/avatars', req.params.file);
    res.type('png').send(await fs.readFile(full)); //!
  });
};

//: good avatar-file
const fs = require('fs/promises');
const { join, basename } = require('path');

module.exports = (app) => {
  app.get('/avatars/:file', async (req, res) => {
    const full = join('/srv/avatars', basename(req.params.file));
    res.type('png').send(await fs.readFile(full));
  });
};
