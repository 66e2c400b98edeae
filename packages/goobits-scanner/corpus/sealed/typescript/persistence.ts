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
