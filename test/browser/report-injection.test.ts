import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { renderPage } from '../../src/report/html/page.ts';
import { facts } from '../report/facts.ts';
import { found, question, row } from '../report/rows.ts';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CHROMIUM, launchChromium, type OpenPage, openFile } from './chromium.ts';

/** Markup that would run a script or bring an element, in text, in an attribute, and in the report's JSON. */
const ATTACKS = [
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</script><script>alert(1)</script>',
  '</style><script>alert(1)</script><!--',
  '</title><iframe src=javascript:alert(1)>',
];
/** A mark that would be an element. */
const MARK = '<b class=injected>';

describe.skipIf(CHROMIUM === undefined)('markup from a file or an API', { timeout: 120_000 }, () => {
  let browser: Browser;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    browser = await launchChromium();
    folder = temporaryFolder();
  }, 60_000);
  afterAll(async () => {
    folder[Symbol.dispose]();
    await browser.close();
  });

  async function expectHarmless({ page, requests, complaints }: OpenPage): Promise<void> {
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    const foreign =
      '.injected, img, iframe, object, embed, base, form, link, svg svg, body > svg, [onload], [onerror], [onmouseover]';
    expect(await page.locator(foreign).count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('style').count()).toBe(1);
    expect(await page.locator('h2').count()).toBeGreaterThan(3);
  }

  it.each(ATTACKS)('is text wherever it stands: %s', async (attack) => {
    const evil = `${MARK}${attack}`;
    const city = {
      cityCode: evil,
      cityName: evil,
      region: evil,
      regionCodeExt: '98',
      paymentLimit: 10,
    };
    const rows = [
      row(2, found(city), question({ codRub: 100 })),
      row(3, found(city, { confidence: 0.1 })),
      row(4, { kind: 'answered', source: 'api', detection: { status_code: evil, status_msg: evil } }),
      row(5, {
        kind: 'answered',
        source: evil as 'api',
        detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
        note: { kind: 'elsewhere', named: evil, namedPostcode: evil, postcode: '300000', postcodePlace: evil },
      }),
      row(6, { kind: 'deferred', reason: evil }),
      row(7, found({ ...city, regionCodeExt: '71' })),
    ];
    const report = buildReport(
      facts(rows, {
        file: `${evil}.csv`,
        inputs: [
          { name: `${evil}.csv`, rows: 6 },
          { name: 'other.csv', rows: 0 },
        ],
        failedInputs: [{ name: evil, code: 'BAD_INPUT', meaning: evil }],
        subjectNames: new Map([['71', evil]]),
        earlier: {
          finishedAt: '2026-11-21T05:12:00.000Z',
          rowsOut: 5,
          verdicts: { accept: 5, review: 0, reject: 0, retry: 0 },
          statuses: { [evil]: 5 },
          overLimitRub: 0,
        },
      }),
    );
    const ground = {
      subjects: [
        { code: '71', latitude: 54, longitude: 37 },
        { code: '98', latitude: 60, longitude: 90 },
      ],
      cells: [
        [54, 37],
        [60, 120],
      ],
    } as const;
    const file = folder.file('evil.html');
    const hostile = { ...report, detector: evil, gorodVersion: evil, orderErrors: { [evil]: 1 } };
    writeFileSync(file, renderPage(hostile, { timeZone: 'UTC', ground }));
    await using open = await openFile(browser, file);
    await expectHarmless(open);
    expect(await open.page.title()).toContain(attack);
    expect((await open.page.locator('main').textContent())?.split(attack).length).toBeGreaterThan(12);
    expect(JSON.parse((await open.page.locator('#gorod-report').textContent()) ?? '')).toEqual(hostile);
  });

  it('is text after a real run over a file with such a name and an API with such names', async () => {
    const name = '<img src=x onerror=alert(1)>.csv';
    const orders = `<script>alert(2)</script>,postcode,address,cod\n1,300000,"Tula <script>alert(3)</script>",9\n`;
    writeFileSync(folder.file(name), orders);
    const detected_cdek_city = { cityCode: '1', cityName: ATTACKS[3], regionCodeExt: '71', paymentLimit: 0 };
    await using upstream = await startScriptedUpstream({
      reply: () => ({ kind: 'answer', status: 200, body: { status_code: 'OK', status_msg: '', detected_cdek_city } }),
    });
    const result = await gorod(
      ['run', name, '-o', 'out.csv', '--no-cache', '--report', 'report.html', '--endpoint', upstream.url],
      { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key' } },
    );
    expect(result.code).toBe(0);
    expect(readFileSync(folder.file('report.html'), 'utf8')).toContain('&lt;/script&gt;');
    await using open = await openFile(browser, folder.file('report.html'));
    await expectHarmless(open);
    expect(await open.page.locator('#cod').textContent()).toContain(ATTACKS[3]);
  });

  it('would not run even where it became an element: the policy forbids it', async () => {
    const page = renderPage(buildReport(facts([])), { timeZone: 'UTC', ground: undefined });
    const file = folder.file('broken.html');
    const foreign =
      '<script>document.title = "run"</script><img src=x onerror="document.title = 1"><p style="color:red">';
    writeFileSync(file, page.replace('<main>', `<main>${foreign}`));
    await using open = await openFile(browser, file);
    expect(await open.page.title()).toBe('Report on orders.csv');
    expect(open.complaints.join('\n')).toContain('Content Security Policy');
  });
});
