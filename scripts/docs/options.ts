import { DOWNLOAD_OPTIONS } from '../../src/commands/gazetteer/download.ts';
import { AUTH_CHECK_OPTIONS, AUTH_SECURE_OPTIONS, AUTH_TOKEN_OPTIONS } from '../../src/config/auth-options.ts';
import {
  CACHE_EXPORT_OPTIONS,
  CACHE_FORGET_OPTIONS,
  CACHE_OPTIONS,
  CACHE_PRUNE_OPTIONS,
} from '../../src/config/cache-options.ts';
import { DETECT_OPTIONS } from '../../src/config/detect-options.ts';
import { DETECTOR_OPTIONS } from '../../src/config/detector-options.ts';
import { LEARN_OPTIONS } from '../../src/config/learn-options.ts';
import type { OptionTable } from '../../src/config/option.ts';
import { flagName, variableName } from '../../src/config/resolve.ts';
import { CHECK_OPTIONS, RETRY_OPTIONS, RUN_OPTIONS } from '../../src/config/run-options.ts';
import { NEW_KEY_OPTIONS, SERVE_OPTIONS } from '../../src/config/serve-options.ts';
import { SYNC_OPTIONS } from '../../src/config/sync-options.ts';

const INTRODUCTION = `# Options

Every option can also be given as an environment variable; flags win over the environment, the environment over defaults.
An empty variable counts as unset. Credentials come from variables of their own or from files, never from the command line
([access.md](access.md)). This page is made from the tables in \`src/config\` by \`npm run docs\`.
`;

/** These two have no environment variables: a gazetteer that is written is always named. */
const GAZETTEER_FILES = `## \`gorod gazetteer import <file..>\` and \`download\`

| option | meaning | default | environment |
| --- | --- | --- | --- |
| \`-o, --output FILE\` | The gazetteer file that is written, of both commands | needed | none |
| \`--format NAME\` | Format of all files of \`import\`: own, geonames, hflabs, cdek | recognised file by file | none |
`;

/** docs/options.md, as the option tables have it today. */
export function renderOptionsPage(): string {
  return [
    INTRODUCTION,
    section('`gorod run <input..>`', RUN_OPTIONS),
    section('`gorod check <input..>`', CHECK_OPTIONS),
    section('`gorod serve`', SERVE_OPTIONS),
    section('`gorod retry <file>`', RETRY_OPTIONS),
    section('`gorod learn [file]`', LEARN_OPTIONS),
    section('`gorod detect`', DETECT_OPTIONS),
    section('`run`, `check`, `retry`, `learn`, `detect` and `serve`: who answers', DETECTOR_OPTIONS),
    GAZETTEER_FILES,
    section('`gorod gazetteer download`', DOWNLOAD_OPTIONS),
    section('`gorod gazetteer sync`', SYNC_OPTIONS),
    section('`gorod cache stats|check|clear`', CACHE_OPTIONS),
    section('`gorod cache prune`', CACHE_PRUNE_OPTIONS),
    section('`gorod cache forget`', CACHE_FORGET_OPTIONS),
    section('`gorod cache export`', CACHE_EXPORT_OPTIONS),
    section('`gorod auth secure`', AUTH_SECURE_OPTIONS),
    section('`gorod auth token`', AUTH_TOKEN_OPTIONS),
    section('`gorod auth check`', AUTH_CHECK_OPTIONS),
    section('`gorod auth new-key <name>`', NEW_KEY_OPTIONS),
  ].join('\n');
}

function section(title: string, table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    const alias = option.alias === undefined ? '' : `-${option.alias}, `;
    const placeholder = option.placeholder === undefined ? '' : ` ${option.placeholder}`;
    const isNone = ['', 'false', 'undefined'].includes(String(option.default));
    const shown = option.defaultText ?? (isNone ? '' : `\`${option.default}\``);
    const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
    const cells = [
      `\`${alias}--${flagName(name)}${placeholder}\``,
      `${option.describe}${choices}`,
      shown,
      `\`${variableName(name)}\``,
    ];
    // Also within backquotes a bar would end the cell.
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    '| option | meaning | default | environment |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
