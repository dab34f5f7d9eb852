import { homedir } from 'node:os';
import path from 'node:path';

/** Environment variables by name; an empty one counts as unset. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The cache file where none is named: in the user's cache folder, as the system has it. Linux and others follow the XDG
 * Base Directory Specification, by which a relative XDG_CACHE_HOME is ignored.
 */
export function cacheFile(env: Environment, platform: string = process.platform, home: string = homedir()): string {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || path.win32.join(home, 'AppData', 'Local');
    return path.win32.join(local, 'gorod', 'Cache', 'answers.sqlite');
  }
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Caches', 'gorod', 'answers.sqlite');
  const xdg = env.XDG_CACHE_HOME ?? '';
  const folder = path.posix.isAbsolute(xdg) ? xdg : path.posix.join(home, '.cache');
  return path.posix.join(folder, 'gorod', 'answers.sqlite');
}
