/** The languages in which gorod speaks to people. */
export const LANGUAGES = ['en', 'zh', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type Texts = Readonly<Record<Language, string>>;
