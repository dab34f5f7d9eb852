import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';
import { findingsCollector } from '../../src/report/collect.ts';
import { addFindings, emptyFindings, type Findings } from '../../src/report/findings.ts';
import { found, question, row, TULA } from './rows.ts';

const rows: fc.Arbitrary<EnrichedRow[]> = fc
  .array(
    fc.record({
      city: fc.integer({ min: 1, max: 4 }),
      codRub: fc.integer({ min: 0, max: 900_000 }).map((kopecks) => kopecks / 100),
      confidence: fc.constantFrom(0.5, 1),
      deferred: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((seeds) =>
    seeds.map(({ city, codRub, confidence, deferred }, index) =>
      deferred
        ? row(index + 2, { kind: 'deferred', reason: 'HTTP 503' })
        : row(index + 2, found({ ...TULA, cityCode: `${city}` }, { confidence }), question({ codRub })),
    ),
  );

function collector() {
  return findingsCollector({ file: 'a.csv', language: 'en' });
}

function whole(all: readonly EnrichedRow[]): Findings {
  const made = collector();
  for (const one of all) made.add(one);
  return made.findings();
}

describe('findings', () => {
  it('that were saved as JSON and gone on with are those of an undisturbed run', () => {
    fc.assert(
      fc.property(rows, fc.nat(40), (all, cut) => {
        const first = collector();
        for (const one of all.slice(0, cut)) first.add(one);
        const second = collector();
        second.addSaved(JSON.parse(JSON.stringify(first.save())));
        for (const one of all.slice(cut)) second.add(one);
        expect(JSON.stringify(second.save())).toBe(JSON.stringify(saved(whole(all))));
      }),
    );
  });

  it('of several files add up to those of one', () => {
    fc.assert(
      fc.property(rows, fc.nat(40), (all, cut) => {
        const total = emptyFindings();
        addFindings(total, whole(all.slice(0, cut)));
        addFindings(total, whole(all.slice(cut)));
        expect(total).toEqual(whole(all));
      }),
    );
  });
});

function saved(findings: Findings): unknown {
  const made = collector();
  addFindings(made.findings(), findings);
  return made.save();
}
