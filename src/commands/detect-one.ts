import { toApiAnswer } from '../address/api-answer.ts';
import { toQuery } from '../address/cells.ts';
import { renderLoggedMessage } from '../address/messages.ts';
import type { Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { judge } from '../address/verdict.ts';
import { type Composed, compose, type DetectorConfig, planDetector } from '../compose/compose.ts';
import type { DETECT_OPTIONS } from '../config/detect-options.ts';
import type { Values } from '../config/option.ts';
import type { Language } from '../languages.ts';
import { judgementRules } from './judgement-rules.ts';
import { SOME_DEFERRED, type Terminal } from './terminal.ts';

export type DetectConfig = DetectorConfig & Values<typeof DETECT_OPTIONS>;

/** Answers one question on stdout, as detect-city would, and tells the verdict on stderr. Throws GorodError. */
export async function detectOne(config: DetectConfig, terminal: Terminal): Promise<void> {
  const { postcode, address, cod } = config;
  const rules = await judgementRules(config);
  const plan = await planDetector(config, terminal.env);
  const frame = { startedAt: Date.now(), stop: terminal.signal, answersFile: undefined };
  const composed = await compose(plan, config, terminal.env, frame);
  try {
    for (const warning of composed.warnings)
      terminal.log({ level: 'warn', event: 'cache_set_aside', text: warning[config.lang] });
    const { country, fiasOnly } = config;
    const { isSettled } = composed.detector;
    const question = toQuery({ postcode, address, cod, country: '' }, { country, fiasOnly, isSettled });
    const query = 'kind' in question ? undefined : question;
    const outcome = 'kind' in question ? question : await answer(question, composed, terminal.signal);
    const judgement = judge(outcome, query, rules);
    const settings = { ...judgement, acceptConfidence: rules.acceptConfidence, language: config.lang };
    const asked = query ?? { postcode: postcode.trim(), address: address.trim() };
    terminal.stdout.write(`${JSON.stringify(toApiAnswer(asked, outcome, settings), null, 2)}\n`);
    const { verdict, codFlag } = judgement;
    const text = VERDICT[config.lang](verdict, renderLoggedMessage(outcome, judgement, config.lang));
    terminal.log({ level: 'info', event: 'verdict', text, fields: { verdict, codFlag } });
    if (outcome.kind === 'deferred') terminal.exit(SOME_DEFERRED);
  } finally {
    await composed.close(0);
  }
}

/** The answer is CDEK's, which knows no verdicts: this one is gorod's. */
const VERDICT: Readonly<Record<Language, (verdict: string, message: string) => string>> = {
  en: (verdict, message) => `verdict ${verdict}: ${message}`,
  zh: (verdict, message) => `判定 ${verdict}：${message}`,
  ru: (verdict, message) => `решение ${verdict}: ${message}`,
};

async function answer(query: AddressQuery, { detector }: Composed, signal: AbortSignal): Promise<Outcome> {
  const [known] = detector.recall([query]);
  return known ?? detector.ask(query, { signal });
}
