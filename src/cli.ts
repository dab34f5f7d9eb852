#!/usr/bin/env node
import { refuseCredentialArguments } from './cdek/credential-sources.ts';
import { COMPLETION_FLAG } from './commands/completion-flag.ts';
import { jsonLog, type Log, loggedText, textLog } from './commands/log.ts';
import type { Terminal } from './commands/terminal.ts';
import { logFormatOf } from './config/log-format.ts';
import { hideDashes } from './config/lone-dash.ts';
import { messageLanguage } from './config/message-language.ts';
import { EXIT_CODES, GorodError } from './errors.ts';
import { type Language, phrase } from './languages.ts';
import { gorodVersion } from './version.ts';

/** The bin: reads the command line, runs one command, turns its end into an exit code. Nothing else touches `process`. */
async function main(): Promise<void> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (interrupted.signal.aborted) process.exit(EXIT_CODES.INTERRUPTED);
      interrupted.abort(new GorodError('INTERRUPTED', INTERRUPTED(name)));
    });
  }
  const args = process.argv.slice(2);
  const logFormat = logFormatOf(args, process.env);
  const language = messageLanguage(args, process.env);
  const log = logFormat === 'json' ? jsonLog(process.stderr) : textLog(process.stderr);
  const terminal: Terminal = {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: logFormat === 'json' ? loggedText(log, process.stderr) : process.stderr,
    log,
    logFormat,
    pid: process.pid,
    signal: interrupted.signal,
    exit: (code) => {
      process.exitCode = code;
    },
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      process.exit(report(error, log, language));
    });
  }
  // Who reads our output may stop before its end, as `head` does: what is written for people is then simply not read.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    await parse(terminal);
  } catch (error) {
    process.exitCode = report(error, log, language);
  }
}

async function parse(terminal: Terminal): Promise<void> {
  const args = process.argv.slice(2);
  // What is still being typed is neither refused nor read.
  const isTyping = args[0] === COMPLETION_FLAG;
  if (!isTyping) refuseCredentialArguments(args);
  if (args.length === 1 && args[0] === '--version') return void terminal.stdout.write(`${gorodVersion()}\n`);
  const { loadCommands, runPlainLine } = await import('./commands/load-commands.ts');
  if (!isTyping && (await runPlainLine(args, terminal))) return;
  const [{ default: yargs }, { PARSING }] = await Promise.all([import('yargs'), import('./config/yargs-options.ts')]);
  let mistake: string | undefined;
  const parser = yargs(isTyping ? args : hideDashes(args))
    .scriptName('gorod')
    .usage('$0 <command>\n\nTurns messy Russian delivery addresses into CDEK cities, FIAS GUIDs and COD verdicts.')
    .parserConfiguration(PARSING)
    .demandCommand(1, 'Name a command; gorod --help lists them.')
    .recommendCommands()
    .strict()
    .version(gorodVersion())
    .help()
    .wrap(Math.min(120, process.stderr.columns ?? 100))
    .fail((message, error) => {
      // yargs throws its own errors for some mistakes and only describes the others.
      if (error !== undefined && error.name !== 'YError') throw error;
      mistake = message;
      throw new Error(message);
    });
  for (const command of await loadCommands(args, terminal)) parser.command(command);
  const describeCompletion = 'Print a script that completes commands and options in bash or zsh';
  if (isTyping) parser.completion('completion', describeCompletion, await completing(args));
  else parser.completion('completion', describeCompletion);
  try {
    await parser.parseAsync();
  } catch (error) {
    if (mistake === undefined) throw error;
    const { explainUsage } = await import('./commands/usage-errors.ts');
    throw new GorodError('BAD_OPTION', explainUsage(mistake, args));
  }
}

async function completing(args: readonly string[]) {
  const { complete } = await import('./commands/completion.ts');
  return complete(args);
}

const INTERRUPTED = phrase({
  en: (signal: string) => `interrupted by ${signal}; run the same command again to go on.`,
  zh: (signal) => `被 ${signal} 中断；再次运行同一命令即可继续。`,
  ru: (signal) => `прервано сигналом ${signal}; чтобы продолжить, запустите ту же команду ещё раз.`,
});

/** Says what went wrong. Of a foreign error only the stack is shown: its other fields may hold a key or an address. */
function report(error: unknown, log: Log, language: Language): number {
  if (error instanceof GorodError) {
    const { code, exitCode, texts } = error;
    log({ level: 'error', event: 'error', text: texts[language], fields: { code, exitCode } });
    return exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : error;
  log({
    level: 'error',
    event: 'error',
    text: `unexpected error\n${stack}`,
    fields: { code: 'UNEXPECTED', exitCode: 1 },
  });
  return 1;
}

await main();
