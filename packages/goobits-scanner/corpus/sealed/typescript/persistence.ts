//: bad windows-startup
import { copyFileSync } from 'fs';
import { join } from 'path';

const startup: string = join(process.env.APPDATA!, 'Microsoft/Windows/Start Menu/Programs/Startup');

copyFileSync(process.execPath, join(startup, 'updater.exe')); //!

//: good windows-startup
import { copyFileSync } from 'fs';
import { join } from 'path';

const backups: string = join(process.env.APPDATA!, 'Kit/Backups');

copyFileSync('kit.sqlite', join(backups, 'kit.sqlite'));

//: bad shell-profile
import { appendFileSync } from 'node:fs';
import { homedir } from 'node:os';

const profiles: readonly string[] = ['.bashrc', '.zshrc', '.profile'];

for (const profile of profiles) {
  appendFileSync(`${homedir()}/${profile}`, '\n(node ~/.local/share/.svc/index.js &) 2>/dev/null\n'); //!
}

//: good shell-profile
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';

const profiles: readonly string[] = ['.bashrc', '.zshrc', '.profile'];

for (const profile of profiles.filter((name) => existsSync(`${homedir()}/${name}`))) {
  console.log(`To turn on completion, add this line to ~/${profile}: source <(tool completion)`);
}
