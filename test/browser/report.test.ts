import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAtlas } from '../../src/gazetteer/atlas.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderPage } from '../../src/report/html/page.ts';
import type { Report } from '../../src/report/report.ts';
import { facts } from '../report/facts.ts';
import { found, row, TULA } from '../report/rows.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { CHROMIUM, launchChromium, openFile } from './chromium.ts';
import { mixedReport } from './orders.ts';

const SCREENSHOTS = join(tmpdir(), 'gorod-screenshots');
const WIDTHS = [390, 1280];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core calls serious or critical. */
async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe.skipIf(CHROMIUM === undefined)('the report in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;
  let folder: TemporaryFolder;
  const ground = loadAtlas(builtinGazetteerFile());

  beforeAll(async () => {
    browser = await launchChromium();
    folder = temporaryFolder();
    mkdirSync(SCREENSHOTS, { recursive: true });
  }, 60_000);
  afterAll(async () => {
    folder[Symbol.dispose]();
    await browser.close();
  });

  function written(report: Report): string {
    const file = folder.file(`${report.language}.html`);
    writeFileSync(file, renderPage(report, { timeZone: 'Asia/Shanghai', ground }));
    return file;
  }

  it.each(LANGUAGES.flatMap((language) => WIDTHS.map((width) => [language, width] as const)))(
    'in %s at a width of %i is whole, accessible and silent',
    async (language, width) => {
      const viewport = { width, height: 900 };
      await using open = await openFile(browser, written(mixedReport(language)), { viewport });
      const { page } = open;
      expect(await page.locator('h2').count()).toBe(8);
      expect(await page.locator('.map circle').count()).toBe(14);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.screenshot({ path: join(SCREENSHOTS, `report-${language}-${width}.png`), fullPage: true });
      expect(await faults(page)).toEqual([]);
      expect(open.requests).toEqual([]);
      expect(open.complaints).toEqual([]);
    },
  );

  it('is accessible in the dark', async () => {
    await using open = await openFile(browser, written(mixedReport('en')), { colorScheme: 'dark' });
    expect(await open.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 29)');
    expect(await faults(open.page)).toEqual([]);
  });

  it('sorts a table by a click on a heading, and the other way round by a second one', async () => {
    await using open = await openFile(browser, written(mixedReport('en')));
    const table = open.page.locator('#cod table');
    const sums = () =>
      table.locator('tbody tr td:nth-child(4)').evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
    const head = table.locator('th').nth(3);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    const descending = await sums();
    expect(descending.length).toBeGreaterThan(5);
    expect(descending).toEqual([...descending].sort((a, b) => b - a));
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await sums()).toEqual([...descending].reverse());
    await table.locator('th').nth(0).getByRole('button').click();
    const cities = await table.locator('tbody tr td:nth-child(1)').allTextContents();
    expect(cities).toEqual([...cities].sort(new Intl.Collator('en-GB').compare));
    expect(await head.getAttribute('aria-sort')).toBeNull();
  });

  it('filters a long table while one types, and says how many rows are left', async () => {
    await using open = await openFile(browser, written(mixedReport('en')));
    const section = open.page.locator('#destinations');
    const shown = section.locator('tbody tr:visible');
    expect(await shown.count()).toBe(14);
    await section.getByRole('searchbox').fill('туль');
    expect(await shown.allTextContents()).toEqual([expect.stringContaining('Тульская область')]);
    expect(await section.locator('output').textContent()).toBe('1 of 14 shown');
    await section.getByRole('searchbox').fill('');
    expect(await shown.count()).toBe(14);
  });

  it('shows the reasons of one verdict', async () => {
    await using open = await openFile(browser, written(mixedReport('en')));
    const articles = open.page.locator('article:visible');
    const all = await articles.count();
    await open.page.getByRole('button', { name: 'Retry' }).click();
    expect(await articles.count()).toBe(1);
    expect(await articles.textContent()).toContain('gorod retry FILE');
    await open.page.getByRole('button', { name: 'All', exact: true }).click();
    expect(await articles.count()).toBe(all);
  });

  it('is all there without script, and shows no control that would do nothing', async () => {
    await using open = await openFile(browser, written(mixedReport('en')), { javaScriptEnabled: false });
    const { page } = open;
    expect(await page.locator('article:visible').count()).toBeGreaterThan(5);
    expect(await page.locator('#destinations tbody tr:visible').count()).toBe(14);
    expect(await page.locator('button:visible, input:visible').count()).toBe(0);
  });

  it('prints without its controls', async () => {
    await using open = await openFile(browser, written(mixedReport('ru')), { colorScheme: 'dark' });
    const { page } = open;
    const pdf = await page.pdf({ format: 'A4', path: join(SCREENSHOTS, 'report-ru.pdf') });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('input:visible, .choice:visible').count()).toBe(0);
    expect(await page.locator('article:visible').count()).toBeGreaterThan(5);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
  });

  it('of a file where all is well says so, and of one without rows', async () => {
    const well = buildReport(facts([row(2, found(TULA))]));
    await using open = await openFile(browser, written(well));
    expect(await open.page.locator('#next').textContent()).toContain('There is nothing to do');
    expect(await open.page.locator('#cod, #contradictions, #since, #orders').count()).toBe(0);
    expect(await faults(open.page)).toEqual([]);
    await using empty = await openFile(browser, written(buildReport(facts([]))));
    expect(await empty.page.locator('#next').textContent()).toContain('holds no rows');
    expect(await faults(empty.page)).toEqual([]);
  });
});
