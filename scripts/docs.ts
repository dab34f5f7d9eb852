import { writeFileSync } from 'node:fs';
import { allCommands, renderCommandsPage } from './docs/commands.ts';
import { renderOptionsPage } from './docs/options.ts';

writeFileSync('docs/options.md', renderOptionsPage());
writeFileSync('docs/commands.md', renderCommandsPage(await allCommands()));
