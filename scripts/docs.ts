import { writeFileSync } from 'node:fs';
import { renderOptionsPage } from './docs/options.ts';

writeFileSync('docs/options.md', renderOptionsPage());
