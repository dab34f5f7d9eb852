import { describe, expectTypeOf, test } from 'vitest';
import {
  createDetector,
  type DetectorOptions,
  detect,
  type Enriched,
  enrich,
  type GorodError,
  type OpenDetector,
  type Outcome,
  openCache,
  type Verdict,
} from '../../src/index.ts';

/** Read by `npm run types`; nothing of it is run. */
declare const detector: OpenDetector;

describe('the public types', () => {
  test('keep the type of a row', () => {
    const answer = () => detect({ postcode: 1, address: '', order: 7 }, detector);
    expectTypeOf(answer).returns.resolves.toExtend<Enriched<{ order: number }>>();
    const stream = () => enrich([{ address: 'x', id: 1n }], detector);
    expectTypeOf(stream).returns.toExtend<AsyncGenerator<Enriched<{ id: bigint }>, void>>();
  });

  test('ask for `read` where a row is no AddressRow, and only there', () => {
    const rows: readonly (readonly [string, string])[] = [];
    const read = ([postcode, address]: readonly [string, string]) => ({ postcode, address });
    expectTypeOf(() => enrich(rows, detector, { read })).returns.toExtend<
      AsyncGenerator<Enriched<readonly [string, string]>, void>
    >();
    // @ts-expect-error without `read` a tuple has no postcode
    expectTypeOf(() => enrich(rows, detector)).toBeFunction();
    // @ts-expect-error an address is no number
    expectTypeOf(() => detect({ postcode: '1', address: 5 }, detector)).toBeFunction();
  });

  test('tell verdicts and outcomes apart', () => {
    expectTypeOf<Enriched['judgement']['verdict']>().toEqualTypeOf<Verdict>();
    expectTypeOf<Verdict>().toEqualTypeOf<'accept' | 'review' | 'reject' | 'retry'>();
    expectTypeOf<Outcome['kind']>().toEqualTypeOf<'answered' | 'invalid' | 'deferred'>();
    expectTypeOf<Enriched['columns']['city_code']>().toEqualTypeOf<string>();
    expectTypeOf<GorodError['code']>().toExtend<string>();
    // @ts-expect-error there is no such column
    expectTypeOf<Enriched['columns']['city']>().toBeString();
  });

  test('refuse options that do not exist, and let an unset variable be a credential', () => {
    expectTypeOf<{ developerKey: string | undefined; rate: 'auto' }>().toExtend<DetectorOptions>();
    // @ts-expect-error there is no such detector
    expectTypeOf(() => createDetector({ detector: 'guess' })).toBeFunction();
    // @ts-expect-error a cache is what openCache resolves to
    expectTypeOf(() => createDetector({ cache: 'answers.sqlite' })).toBeFunction();
    expectTypeOf(openCache).returns.resolves.toExtend<Disposable>();
    expectTypeOf<OpenDetector>().toExtend<AsyncDisposable>();
  });
});
