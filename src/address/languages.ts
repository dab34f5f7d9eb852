export { LANGUAGES, type Language, type Texts } from '../languages.ts';
