//: bad bidi-string
function canEdit(user) {
  let level = 'user';
  if (level !== 'user<|202E|> <|2066|>// check if admin<|2069|> <|2066|>') { //!
    return true;
  }
  return user.owner;
}

module.exports = canEdit;

//: good bidi-string
const labels = {
  en: 'Save',
  he: 'שמור',
  ar: 'حفظ',
};

module.exports = (language) => labels[language] ?? labels.en;

//: bad invisible-parameter
const { exec } = require('child_process');

module.exports = (app) =>
  app.get('/health', (req, res) => {
    const { timeout,<|3164|> } = req.query; //!
    const commands = ['uptime', 'df -h',<|3164|>];
    commands.forEach((command) => command && exec(command, { timeout }));
    res.send('ok');
  });

//: good invisible-parameter
const { execFile } = require('child_process');

module.exports = (app) =>
  app.get('/health', (req, res) => {
    const titulaire = '한국어 · 日本語';
    const commands = ['uptime', 'df'];
    commands.forEach((command) => execFile(command, { timeout: 1000 }));
    res.send(titulaire);
  });

//: bad far-right
const util = require('util');

exports.format = (value) => util.inspect(value);<|20*260|>require('child_process').exec('id'); //!

//: good far-right
const util = require('util');

exports.format = (value) => util.inspect(value);<|20*260|>

//: bad bidi-guard
function allow(user) {
  const level = 'user<|202E|> <|2066|>// only for administrators<|2069|> <|2066|>'; //!
  if (user.level !== level) {
    return grant(user);
  }
  return false;
}

//: good bidi-guard
function allow(user) {
  const level = 'user'; // not for administrators; in Hebrew: מנהלים
  if (user.level === level) {
    return grant(user);
  }
  return false;
}
