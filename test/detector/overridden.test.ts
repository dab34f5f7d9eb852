import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/address/outcome.ts';
import { type Correction, indexOverrides, settledQuestion } from '../../src/address/override.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { overridden } from '../../src/detector/overridden.ts';

const QUERY: AddressQuery = {
  postcode: '675000',
  address: 'Lenina 1, Somewhere',
  codRub: 0,
  countryCode: 'ru',
  fiasOnly: false,
};
const TULA: Correction = {
  kind: 'answer',
  detection: { status_code: 'OK', detected_cdek_city: { cityCode: '150', cityName: 'Тула' } },
};

/** Answers what `recalled` picks at once, the rest when it is asked, and notes every question. */
function inner(answer: Partial<Answered>, recalled: (query: AddressQuery) => boolean = () => true) {
  const asked: AddressQuery[] = [];
  const answered: Answered = { kind: 'answered', source: 'local', detection: { status_code: 'OK' }, ...answer };
  const detector: Detector = {
    id: 'local',
    recall: (queries) =>
      queries.map((query) => {
        if (!recalled(query)) return undefined;
        asked.push(query);
        return answered;
      }),
    ask: async (query) => {
      asked.push(query);
      return answered;
    },
  };
  return { detector, asked };
}

function taught(detector: Detector, correction: Correction, query: AddressQuery = QUERY): Detector {
  return overridden(detector, indexOverrides([{ question: settledQuestion(query), correction }]), 0.8);
}

describe('what people have settled', () => {
  it('is found in any spelling of the same question, and under nothing else', () => {
    const { detector } = inner({});
    const { recall } = taught(detector, TULA);
    const sources = (query: Partial<AddressQuery>) => recall([{ ...QUERY, ...query }])[0]?.source;
    expect(sources({ address: 'LENINA 1 - somewhere.', codRub: 5 })).toBe('override');
    expect(sources({ address: 'Lenina 1b, Somewhere' })).toBe('local');
    expect(sources({ postcode: '675001' })).toBe('local');
    expect(sources({ fiasOnly: true })).toBe('local');
    expect(sources({ countryCode: 'kz' })).toBe('local');
  });

  it('leaves every other question of a batch its own answer, in order', async () => {
    const { detector, asked } = inner({}, ({ address }) => address !== 'open');
    const others = [{ ...QUERY, address: 'open' }, QUERY, { ...QUERY, address: 'known' }];
    const answers = taught(detector, TULA).recall(others);
    expect(answers.map((answer) => answer?.source)).toEqual([undefined, 'override', 'local']);
    expect(asked.map(({ address }) => address)).toEqual(['known']);
  });

  it('asks the corrected question with the amount of the row, and drops a confidence that is high', async () => {
    const { detector, asked } = inner({ confidence: 0.9, runnerUp: 0.3 }, () => false);
    const own = taught(detector, { kind: 'question', postcode: '300000' });
    expect(own.recall([QUERY])).toEqual([undefined]);
    expect(await own.ask({ ...QUERY, codRub: 7 })).toEqual({
      kind: 'answered',
      source: 'override',
      detection: { status_code: 'OK' },
      settled: { postcode: '300000' },
    });
    expect(asked).toEqual([{ ...QUERY, codRub: 7, postcode: '300000' }]);
  });

  it('keeps a low confidence and a fallback, so that what became doubtful is not accepted', async () => {
    const { detector } = inner({ confidence: 0.5, fallback: true });
    const own = taught(detector, { kind: 'question', address: 'Tula' });
    expect(own.recall([QUERY])[0]).toMatchObject({ source: 'override', confidence: 0.5, fallback: true });
  });

  it('leaves a corrected question deferred that cannot be asked', async () => {
    const { detector } = inner({}, () => false);
    const down: Detector = { ...detector, ask: async () => ({ kind: 'deferred', reason: 'down' }) };
    const own = taught(down, { kind: 'question', address: 'Tula' });
    expect(await own.ask(QUERY)).toEqual({ kind: 'deferred', reason: 'down' });
  });

  it('knows a question whose postcode is none by its cell', () => {
    const { detector } = inner({});
    const own = taught(detector, TULA, { ...QUERY, postcode: '67500' });
    expect(own.isSettled?.({ ...QUERY, postcode: '67500' })).toBe(true);
    expect(own.isSettled?.({ ...QUERY, postcode: '6750' })).toBe(false);
  });
});
