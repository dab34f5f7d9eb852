import { expect, test } from 'vitest';
import { createDetector, detect, type EnrichOptions, enrich, GorodError, openCache } from '../../src/index.ts';

const ROW = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GorodError)) throw new Error(`not refused: ${String(error)}`);
  return `${error.code} ${error.message}`;
}

test.each<[object, RegExp]>([
  [
    { timeout: 10 },
    /^BAD_OPTION createDetector: there is no option "timeout"\. .*The options are detector, .*timeoutMs/,
  ],
  [{ developerkey: 'k' }, /"developerkey"\. Did you mean developerKey\?/],
  [{ endpoints: 'http://127.0.0.1' }, /endpoints must be a list of addresses/],
  [{ allowHttp: 'yes' }, /allowHttp must be true or false/],
  [{ cache: 'c.sqlite' }, /cache must be what openCache resolves to/],
  [{ developerKey: 7 }, /developerKey must be a text/],
  [{ detector: 'cloud' }, /--detector: must be one of auto/],
  [{ rate: -1 }, /--rate/],
])('createDetector refuses %j', async (options, message) => {
  expect(await refusal(createDetector(options))).toMatch(message);
});

test.each<[object, RegExp]>([
  [{ lang: 'ru' }, /: there is no option "lang"\. Did you mean language\? The options are language, country/],
  [{ language: 'de' }, /: language must be one of en, zh, ru\.$/],
  [{ fiasonly: true }, /Did you mean fiasOnly\?/],
  [{ fiasOnly: 'no' }, /fiasOnly must be true or false/],
  [{ acceptConfidence: 86 }, /acceptConfidence must be a number from 0 to 1/],
  [{ openQuestions: 0 }, /openQuestions must be a whole number of at least 1/],
  [{ limitOf: 5000 }, /limitOf must be a function/],
  [{ signal: 'stop' }, /signal must be an AbortSignal/],
])('enrich and detect refuse %j', async (options, message) => {
  await using detector = await createDetector({ detector: 'local' });
  const ofDetect = await refusal(detect(ROW, detector, options as EnrichOptions));
  expect(ofDetect).toMatch(/^BAD_OPTION detect: /);
  expect(ofDetect).toMatch(message);
  const ofEnrich = await refusal(enrich([ROW], detector, options as EnrichOptions).next());
  expect(ofEnrich).toMatch(/^BAD_OPTION enrich: /);
  expect(ofEnrich).toMatch(message);
});

test('an option that is undefined is absent', async () => {
  await using detector = await createDetector({ detector: 'local', developerKey: undefined });
  const options = { language: undefined, country: undefined } as unknown as EnrichOptions;
  expect((await detect(ROW, detector, options)).judgement.status).toBe('OK');
});

test('openCache refuses what is no path and options that there are not', async () => {
  expect(await refusal(openCache({ file: 'c.sqlite' } as unknown as string))).toMatch('file must be a path');
  expect(await refusal(openCache(undefined, { keep: 5 } as object))).toMatch('there is no option "keep"');
});

test('a detector that is closed answers nothing any more, and says why', async () => {
  const detector = await createDetector({ detector: 'local' });
  expect((await detect(ROW, detector)).judgement.status).toBe('OK');
  await detector.close();
  expect(await refusal(detect(ROW, detector))).toBe('CLOSED The detector is closed: ask before close() is called.');
  const query = { ...ROW, codRub: 0, countryCode: 'ru', fiasOnly: false };
  expect(await refusal(detector.ask(query))).toMatch(/^CLOSED/);
  await detector.close();
});
