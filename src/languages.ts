/** The languages in which gorod speaks to people. */
export const LANGUAGES = ['en', 'zh', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One text in every language. Which one is shown is settled where it is shown. */
export type Texts = Readonly<Record<Language, string>>;

type Value = string | number;

/** A text that is part of another one comes in every language too. */
type Given<Values extends readonly Value[]> = {
  readonly [Index in keyof Values]: Values[Index] extends string ? string | Texts : Values[Index];
};

/** A text with gaps, worded in every language; makes it in all of them at once, for whoever is going to read it. */
export function phrase<Values extends readonly Value[]>(
  wordings: Readonly<Record<Language, (...values: Values) => string>>,
): (...values: Given<Values>) => Texts {
  return (...values) => inEach((language) => wordings[language](...(values.map(inLanguage(language)) as never)));
}

/** What is rendered in every language. */
export function inEach(render: (language: Language) => string): Texts {
  return { en: render('en'), zh: render('zh'), ru: render('ru') };
}

/** Texts with the same mark, or word, between each two of them. */
export function joined(texts: readonly (string | Texts)[], between: string | Texts): Texts {
  return inEach((language) => texts.map(inLanguage(language)).join(String(inLanguage(language)(between))));
}

/** Sentences one after the other; Chinese ones follow each other without a space. */
export function sentences(...texts: readonly Texts[]): Texts {
  return joined(texts, { en: ' ', zh: '', ru: ' ' });
}

function inLanguage(language: Language): (value: Value | Texts) => Value {
  return (value) => (typeof value === 'object' ? value[language] : value);
}
