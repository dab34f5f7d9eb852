import type { CommandModule } from 'yargs';
import { AUTH_TOKEN_OPTIONS } from '../../config/auth-options.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import { UpstreamFailure } from '../../detector/upstream.ts';
import { GorodError } from '../../errors.ts';
import { printable, SOME_DEFERRED, type Terminal } from '../terminal.ts';

/** `gorod auth token`: asks the old API for a token and prints it. */
export function tokenCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'token',
    describe: 'Ask the old API for a token and print it',
    builder: (yargs) => yargs.options(yargsOptions(AUTH_TOKEN_OPTIONS)).example('$0 auth token --allow-http', ''),
    handler: async (args) => {
      const { howToGive, readPair } = await import('../../cdek/credential-sources.ts');
      const { askForToken } = await import('./ask.ts');
      const config = resolveOptions(AUTH_TOKEN_OPTIONS, args, terminal.env);
      const pair = await readPair(['tokenUser', 'tokenPassword'], config, terminal.env);
      if (pair === undefined) {
        throw new GorodError('BAD_KEY', `No token user: ${howToGive('tokenUser')}, and ${howToGive('tokenPassword')}.`);
      }
      const [user, password] = pair;
      try {
        const token = await askForToken({ user: user.value, password: password.value }, config, terminal);
        terminal.stdout.write(`${token}\n`);
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error;
        terminal.stderr.write(printable(`gorod: no token from ${config.tokenEndpoint}: ${error.message}\n`));
        terminal.exit(SOME_DEFERRED);
      }
    },
  };
}
