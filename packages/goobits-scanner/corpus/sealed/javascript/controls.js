//: good minified-umd
!function(e,t){"object"==typeof exports&&"undefined"!=typeof module?module.exports=t():"function"==typeof define&&define.amd?define(t):(e="undefined"!=typeof globalThis?globalThis:e||self).clamp=t()}(this,(function(){"use strict";var e=function(e,t,n){return e<t?t:e>n?n:e};return e.lerp=function(t,n,r){return t+(n-t)*e(r,0,1)},e.map=function(t,n,r,i,o){return i+(o-i)*((t-n)/(r-n))},e}));

//: good vscode-extension
const vscode = require('vscode');
const { execFile } = require('child_process');

exports.activate = (context) => {
  const output = vscode.window.createOutputChannel('Formatter');
  context.subscriptions.push(
    vscode.commands.registerCommand('kit.format', () => {
      const file = vscode.window.activeTextEditor.document.fileName;
      execFile('kit-format', ['--write', file], (error, stdout, stderr) => {
        output.append(error ? stderr : stdout);
      });
    }),
  );
};

//: good api-client
const { API_TOKEN, API_URL = 'https://api.example.invalid' } = process.env;

class Client {
  async request(path, { method = 'GET', body } = {}) {
    const answer = await fetch(new URL(path, API_URL), {
      method,
      headers: { Authorization: `Bearer ${API_TOKEN}`, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.json();
  }
}

module.exports = Client;
