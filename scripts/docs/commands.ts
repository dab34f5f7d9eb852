import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What `--help` says of one command. */
export interface CommandHelp {
  /** `gorod cache forget`. */
  readonly name: string;
  /** With what has to be named: `gorod run <input..>`. */
  readonly usage: string;
  readonly description: string;
  /** The commands below it: `cache`, with what each does. */
  readonly commands: readonly Entry[];
  readonly positionals: readonly Entry[];
  /** `--output`, in the order of the help, without those that every command has. */
  readonly options: readonly string[];
  readonly examples: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly text: string;
}

const INTRODUCTION = `# Commands

What \`--help\` says of every command; the options are explained in [options.md](options.md), exit codes in
[columns.md](columns.md#exit-codes). This page is made from the command line itself by \`npm run docs\`.
`;

/** docs/commands.md of these commands. */
export function renderCommandsPage(commands: readonly CommandHelp[]): string {
  return [INTRODUCTION, ...commands.map(section)].join('\n');
}

/** Every command of the built command line, in the order of the help, a command before those below it. */
export async function allCommands(): Promise<readonly CommandHelp[]> {
  return (await helpOf([])).slice(1);
}

const run = promisify(execFile);

async function helpOf(words: readonly string[]): Promise<readonly CommandHelp[]> {
  const { stdout } = await run(process.execPath, ['dist/cli.js', ...words, '--help'], {
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1' },
  });
  const help = parseHelp(['gorod', ...words].join(' '), stdout);
  const below = help.commands.map(async ({ name, text }): Promise<readonly CommandHelp[]> => {
    const next = [...words, name.replace(/ .*/, '')];
    if (next[0] !== 'completion') return helpOf(next);
    // What prints a script has no help of its own.
    const usage = `${help.name} ${name}`;
    return [{ name: usage, usage, description: text, commands: [], positionals: [], options: [], examples: [] }];
  });
  return [help, ...(await Promise.all(below)).flat()];
}

function parseHelp(name: string, text: string): CommandHelp {
  const [usage = '', description = '', ...parts] = text.trimEnd().split(/\n\n+/);
  const sections = new Map(
    parts.map((part): [string, readonly string[]] => {
      const [title = '', ...lines] = part.split('\n');
      return [title, lines];
    }),
  );
  const lines = (title: string) => sections.get(title) ?? [];
  const described = new Set(['Commands:', 'Positionals:', 'Examples:']);
  const options = [...sections].filter(([title]) => !described.has(title)).flatMap(([, all]) => all);
  return {
    name,
    usage,
    description: description.replace(/\s*\n\s*/g, ' '),
    commands: entries(lines('Commands:')).map((entry) => ({ ...entry, name: entry.name.slice(name.length + 1) })),
    positionals: entries(lines('Positionals:')),
    options: options.flatMap((line) => /^ {2,6}(?:-\w, )?(--[a-z-]+)/.exec(line)?.[1] ?? []).filter(isOwn),
    examples: examplesOf(lines('Examples:')),
  };
}

function isOwn(option: string): boolean {
  return option !== '--help' && option !== '--version';
}

/** `  name  text`, where the text may go on in further lines. */
function entries(lines: readonly string[]): readonly Entry[] {
  const found: { name: string; text: string }[] = [];
  for (const line of lines) {
    const [, name, text = ''] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const last = found.at(-1);
    if (name !== undefined) found.push({ name, text: text.trim() });
    else if (last !== undefined) last.text += ` ${line.trim()}`;
  }
  return found.map(({ name, text }) => ({ name, text: text.replace(/\s+\[.*$/, '') }));
}

function section({ name, usage, description, commands, positionals, options, examples }: CommandHelp): string {
  const level = '#'.repeat(name.split(' ').length);
  const list = (all: readonly Entry[], code: (entry: Entry) => string) =>
    all.map((entry) => `- ${code(entry)}: ${entry.text}`).join('\n');
  return `${[
    `${level} \`${usage}\``,
    `${description}.`,
    list(commands, (entry) => `\`${entry.name}\``),
    list(positionals, (entry) => `\`<${entry.name}>\``),
    options.length === 0 ? '' : `Options: ${options.map((option) => `\`${option}\``).join(', ')}.`,
    examples.length === 0 ? '' : ['```sh', ...examples, '```'].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Commands and what they do, in two columns with lines that are folded: each becomes a line of shell with a comment. */
function examplesOf(lines: readonly string[]): readonly string[] {
  const column = Math.max(...lines.map((line) => /^ {2}gorod .*? {2,}(?=\S)/.exec(line)?.[0].length ?? 0));
  const found: { command: string; text: string }[] = [];
  for (const line of lines) {
    const isFolded = column > 0 && line.length > column;
    const [left, right] = isFolded ? [line.slice(0, column), line.slice(column)] : [line, ''];
    if (left.startsWith('  gorod ')) {
      found.push({ command: left.trim(), text: right.trim() });
      continue;
    }
    const last = found.at(-1);
    if (last === undefined) continue;
    last.command = `${last.command} ${left.trim()}`.trim();
    last.text = `${last.text} ${right.trim()}`.trim();
  }
  return found.map(({ command, text }) => (text === '' ? command : `${command}  # ${text}`));
}
