import { token_set_ratio } from 'fuzzball';
import { translate, WIKIPEDIA } from 'iuliia';
import { localDetector } from '../../src/detector/local.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import type { CandidateSet, Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { fixtureAddresses } from '../eval/own-sets.ts';
import type { EvalCase } from '../eval/score.ts';
import type { Part } from './bench.ts';

/** Microseconds for one address, the best of several passes. */
interface EngineSpeed {
  readonly addresses: number;
  /** Over the places that the gazetteer names for each postcode. */
  readonly gorod: number;
  /** The same addresses with every place of the subject as a candidate, for both. */
  readonly gorodAround: number;
  readonly fuzzballAround: number;
  /** Candidates an address in the last two figures. */
  readonly candidates: number;
  /** `fuzzballAround / gorodAround`. */
  readonly timesFaster: number;
}

const PASSES = 7;
/** fuzzball over whole subjects takes milliseconds an address: a sample is enough. */
const SAMPLE = 100;

/** Measures the detector over a gazetteer with the addresses of fixtures/cases that have an answer. */
function measureEngine(gazetteer: Gazetteer): EngineSpeed {
  const cases = fixtureAddresses().filter(({ expected }) => !expected[0]?.startsWith('ERR_'));
  const sample = cases.filter((_, at) => at % Math.ceil(cases.length / SAMPLE) === 0);
  const wide = widened(gazetteer);
  const gorod = recallTime(gazetteer, cases, PASSES);
  const gorodAround = recallTime(wide, sample, PASSES);
  const names = new Map(
    sample.map(({ postcode }) => [
      postcode,
      wide.candidates(postcode).owners.map((place) => translate(place.name, WIKIPEDIA)),
    ]),
  );
  const fuzzballAround = bestOf(1, sample, ({ postcode, address }) => {
    for (const name of names.get(postcode) ?? []) token_set_ratio(address, name);
  });
  const candidates = sample.reduce((sum, { postcode }) => sum + (names.get(postcode)?.length ?? 0), 0) / sample.length;
  const timesFaster = fuzzballAround / gorodAround;
  return { addresses: cases.length, gorod, gorodAround, fuzzballAround, candidates, timesFaster };
}

function recallTime(gazetteer: Gazetteer, cases: readonly EvalCase[], passes: number): number {
  const detector = localDetector(gazetteer);
  return bestOf(passes, cases, ({ postcode, address }) =>
    detector.recall([{ postcode, address, codRub: 0, countryCode: 'ru', fiasOnly: false }]),
  );
}

/** The same gazetteer with every place of the subject as an owner. */
function widened(gazetteer: Gazetteer): Gazetteer {
  const sets = new Map<string, CandidateSet>();
  const candidates = (postcode: string): CandidateSet => {
    const known = sets.get(postcode);
    if (known !== undefined) return known;
    const { around, subjects } = gazetteer.candidates(postcode);
    const set: CandidateSet = { basis: 'postcode', owners: around, around, subjects };
    sets.set(postcode, set);
    return set;
  };
  return { ...gazetteer, candidates };
}

function bestOf(passes: number, cases: readonly EvalCase[], ask: (one: EvalCase) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < passes; pass += 1) {
    const started = performance.now();
    for (const one of cases) ask(one);
    best = Math.min(best, ((performance.now() - started) * 1000) / cases.length);
  }
  return best;
}

function measureBuiltin(): EngineSpeed {
  const gazetteer = openGazetteer(builtinGazetteerFile());
  try {
    return measureEngine(gazetteer);
  } finally {
    gazetteer.close();
  }
}

/** The matcher over the built-in gazetteer, which `npm run build` compiles, beside fuzzball. */
export const enginePart: Part = {
  title: 'the matcher alone, an address',
  async measure() {
    const speed = measureBuiltin();
    const note = `${Math.round(speed.candidates)} candidates an address`;
    return [
      { name: `gorod, ${speed.addresses} addresses`, value: speed.gorod, unit: 'µs' },
      { name: 'gorod, whole subjects', value: speed.gorodAround, unit: 'µs', note },
      { name: 'fuzzball token_set_ratio, the same', value: speed.fuzzballAround, unit: 'µs', note },
      { name: 'times as fast', value: speed.timesFaster, unit: '×', bar: { atLeast: 10 } },
    ];
  },
};
