import type { CommandModule } from 'yargs';
import { AUTH_SECURE_OPTIONS } from '../../config/auth-options.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import { GorodError } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';

/** `gorod auth secure`: prints what a request of the old API carries for one day, as JSON. */
export function secureCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'secure',
    describe: 'Print account, date and secure for a request of the old API (Account-Secure), as JSON',
    builder: (yargs) =>
      yargs.options(yargsOptions(AUTH_SECURE_OPTIONS)).example('$0 auth secure --date 2018-04-01', ''),
    handler: async (args) => {
      const { howToGive, readPair } = await import('../../cdek/credential-sources.ts');
      const { secureOf } = await import('../../cdek/legacy/secure.ts');
      const { date = today(), ...files } = resolveOptions(AUTH_SECURE_OPTIONS, args, terminal.env);
      const pair = await readPair(['account', 'securePassword'], files, terminal.env);
      if (pair === undefined) {
        throw new GorodError('BAD_KEY', `No account: ${howToGive('account')}, and ${howToGive('securePassword')}.`);
      }
      const [account, password] = pair;
      const signed = { account: account.value, date, secure: secureOf(date, password.value) };
      terminal.stdout.write(`${JSON.stringify(signed, null, 2)}\n`);
    },
  };
}

/** The day in this machine's time zone, as YYYY-MM-DD. */
export function today(now = new Date()): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
