import { describe, expect, it } from 'vitest';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderPage } from '../../src/report/html/page.ts';
import { facts } from './facts.ts';
import { found, question, row, TULA } from './rows.ts';

/** The example rows of the page, without their markup. */
function lines(rows: readonly EnrichedRow[]): readonly string[] {
  const page = renderPage(buildReport(facts(rows)), { timeZone: 'UTC', ground: undefined });
  return [...page.matchAll(/<li(?: class="long")?>(<span class="where">.*)<\/li>/g)].map(([, item = '']) =>
    item.replace(/<[^>]*>/g, ''),
  );
}

describe('a row of the page', () => {
  it('has no separator before what it alone has to say', () => {
    const remark = { kind: 'taken-from-address', postcode: '300000' } as const;
    const exceeded = row(8, found(TULA, { remark }), question({ codRub: 500_000 }));
    expect(lines([exceeded])).toEqual(['Line 8 300000 · Тула · the postcode 300000 was taken from the address']);
  });

  it('tells what is wrong with a cell where it has nothing else to show', () => {
    const bad = row(2, { kind: 'invalid', status: 'ERR_BAD_COD', defect: 'not-roubles' });
    expect(lines([bad])).toEqual(['Line 2 not a number, or another currency']);
  });
});

it('counts one federal subject as one', () => {
  const page = (rows: readonly EnrichedRow[]) =>
    renderPage(buildReport(facts(rows)), { timeZone: 'UTC', ground: undefined });
  expect(page([row(2, found(TULA))])).toContain('1 row to 1 federal subject.');
  expect(page([row(2, found(TULA)), row(3, found({ ...TULA, regionCodeExt: '77' }))])).toContain(
    '2 rows to 2 federal subjects.',
  );
});
