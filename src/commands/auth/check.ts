import type { CommandModule } from 'yargs';
import { AUTH_CHECK_OPTIONS } from '../../config/auth-options.ts';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import { printable, type Terminal } from '../terminal.ts';

/** `gorod auth check`: says which credentials are configured, where, and whether they work. */
export function checkCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'check',
    describe: 'Say which credentials are configured and whether they work, by asking with them',
    builder: (yargs) => yargs.options(yargsOptions(AUTH_CHECK_OPTIONS)).example('$0 auth check --json', ''),
    handler: async (args) => {
      const { checkCredentials } = await import('./check-credentials.ts');
      const { exitCodeOf, renderChecks } = await import('./render-checks.ts');
      const config = resolveOptions(AUTH_CHECK_OPTIONS, args, terminal.env);
      const checks = await checkCredentials(config, terminal);
      terminal.stdout.write(config.json ? `${JSON.stringify(checks, null, 2)}\n` : printable(renderChecks(checks)));
      const code = exitCodeOf(checks);
      if (code !== 0) terminal.exit(code);
    },
  };
}
