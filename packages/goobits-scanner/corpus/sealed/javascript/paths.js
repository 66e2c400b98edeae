//: bad unlink-upload
const fs = require('fs');

module.exports = {
  remove(req, res) {
    const { file } = req.body;
    fs.unlinkSync(`${process.cwd()}/uploads/${file}`); //!
    res.sendStatus(204);
  },
};

//: good unlink-upload
const fs = require('fs');
const path = require('path');

module.exports = {
  remove(req, res) {
    const { file } = req.body;
    fs.unlinkSync(`${process.cwd()}/uploads/${path.basename(file)}`);
    res.sendStatus(204);
  },
};

//: bad theme-unzip
const unzipper = require('unzipper');
const fs = require('fs');
const path = require('path');

exports.install = (archive, target) =>
  fs.createReadStream(archive)
    .pipe(unzipper.Parse())
    .on('entry', (entry) => {
      entry.pipe(fs.createWriteStream(path.join(target, entry.path))); //!
    });

//: good theme-unzip
const unzipper = require('unzipper');
const fs = require('fs');
const path = require('path');

exports.install = (archive, target) =>
  fs.createReadStream(archive)
    .pipe(unzipper.Parse())
    .on('entry', (entry) => {
      const full = path.resolve(target, entry.path);
      if (!full.startsWith(path.resolve(target) + path.sep)) return entry.autodrain();
      return entry.pipe(fs.createWriteStream(full));
    });
