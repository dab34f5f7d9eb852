import { GorodError } from '../errors.ts';
import { ABOUT } from './about.ts';
import { checkCommand } from './auth/check.ts';
import { newKeyCommand } from './auth/new-key.ts';
import { secureCommand } from './auth/secure.ts';
import { tokenCommand } from './auth/token.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

/** `gorod auth`: the credentials for CDEK's APIs. */
export function authCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.auth,
    builder: (yargs) =>
      yargs
        .command(secureCommand(terminal))
        .command(tokenCommand(terminal))
        .command(checkCommand(terminal))
        .command(newKeyCommand(terminal))
        .demandCommand(1, 'Name a command of auth: secure, token, check or new-key.')
        .fail((message, error) => {
          throw error ?? new GorodError('BAD_OPTION', withoutArguments(message));
        }),
    handler: () => {},
  };
}

/** What somebody gives here by mistake may be a secret: unlike elsewhere, it is not repeated. */
function withoutArguments(message: string): string {
  if (!/^unknown/i.test(message)) return `${message.replace(/[.\s]*$/, '')}. See gorod auth --help.`;
  return (
    'There is an argument that gorod auth does not know. Credentials come from variables or files, never from the ' +
    'command line. See gorod auth COMMAND --help.'
  );
}
