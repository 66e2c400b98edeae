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
