import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import type { Note, Outcome } from '../../src/address/outcome.ts';
import type { Judgement } from '../../src/address/verdict.ts';
import { type AddedColumns, addedLines, csvLines } from '../../src/pipeline/added-lines.ts';
import { type JudgedOutcome, OUTPUT_COLUMNS, renderCells } from '../../src/pipeline/output-columns.ts';

const COLUMNS: AddedColumns = { delimiter: ',', fields: OUTPUT_COLUMNS, language: 'en' };

/** Few answers, so that rows share them. */
const detection = fc.constantFrom<Detection>(
  { status_code: 'OK', detected_cdek_city: { cityCode: '150', cityName: 'Тула' }, possible_cities: ['Тула, "г"'] },
  { status_code: 'OK', detected_cdek_city: { cityCode: '150', cityName: 'Тула', paymentLimit: 500 } },
  { status_code: 'ERR_NEW', status_msg: 'new' },
);
const note = fc.constantFrom<Note | undefined>(undefined, { kind: 'unowned-postcode', named: 'Тула' });
const judgement = fc.constantFrom<Judgement>(
  { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: undefined },
  { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: 500 },
  { status: 'OK', verdict: 'review', codFlag: '', orderError: '', paymentLimit: undefined },
  { status: 'OK', verdict: 'review', codFlag: 'COD_LIMIT_UNKNOWN', orderError: '', paymentLimit: undefined },
  { status: 'COD_LIMIT_EXCEEDED', verdict: 'reject', codFlag: 'COD_LIMIT_EXCEEDED', orderError: '', paymentLimit: 500 },
);
const answered: fc.Arbitrary<Outcome> = fc
  .record({ detection, source: fc.constantFrom('api', 'cache'), confidence: fc.constantFrom(undefined, 0.5, 1), note })
  .map(({ detection, source, confidence, note }) => ({
    kind: 'answered',
    detection,
    source,
    ...(confidence === undefined ? {} : { confidence }),
    ...(note === undefined ? {} : { note }),
  }));
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 4, arbitrary: answered },
  fc.constantFrom<Outcome>({ kind: 'deferred', reason: '503' }, { kind: 'deferred', reason: 'time-out' }),
  fc.constantFrom<Outcome>({ kind: 'invalid', status: 'ERR_BAD_COD', defect: 'negative' }),
);
const rows: fc.Arbitrary<JudgedOutcome[]> = fc.array(fc.record({ outcome, judgement }), { maxLength: 30 });

test('lines that are remembered are the lines that would be rendered', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 4 }), (batches) => {
      const linesOf = addedLines(COLUMNS);
      for (const batch of batches) {
        const rendered = batch.map((row) => renderCells(OUTPUT_COLUMNS, row, 'en'));
        expect(linesOf(batch)).toEqual(csvLines(rendered, ','));
      }
    }),
  );
});
