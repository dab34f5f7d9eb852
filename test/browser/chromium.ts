import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where systems keep the browser; a developer may name another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that pages are tested in; undefined where there is none, so that the tests skip. */
export const CHROMIUM = [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

if (CHROMIUM === undefined) {
  process.stderr.write('No Chromium here: tests of pages are skipped. apt-get install chromium\n');
}

export function launchChromium(): Promise<Browser> {
  // The browser refuses its sandbox to root, as which containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM ?? '', args });
}

/** An open page with all that it did behind the reader's back. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Addresses that were asked for beside the page itself. */
  readonly requests: readonly string[];
  /** Errors, warnings, and what the security policy refused. */
  readonly complaints: readonly string[];
}

/** Opens a file in a window of its own. */
export async function openFile(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = `file://${encodeURI(file)}`;
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}
