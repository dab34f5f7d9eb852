import { CYRILLIC, CYRILLIC_LOOKALIKES, DIACRITICS, GRAPHEMES, LATIN_LOOKALIKES } from './letters.ts';

/** Grows whenever `fold` gives another result for any text: a gazetteer compiled with another number must be rebuilt. */
export const FOLD_VERSION = 2;

/** Marks that stand for ь and ъ, or tie two letters together: they carry no sound. */
const SILENT = /[\u0300-\u036f\u02b0-\u02ff'’‘`´"”“′″·]/gu;
const WORD = /[\p{L}\p{M}]+(?:['’‘`´"”“′″·\u02b0-\u02ff]+[\p{L}\p{M}]+)*|\d+/gu;

/**
 * The romanization-invariant form of a name: `Нижний Новгород`, `Nizhny Novgorod`, `Nižnij-Novgorod` and
 * `nizhniynovgorod` all give `nijninovgorod`. Words are folded one by one and joined without a gap; digits stay,
 * everything else vanishes. Total: any text gives a string, perhaps the empty one.
 */
export function fold(text: string): string {
  let folded = '';
  for (const word of text.match(WORD) ?? []) folded += foldWord(word);
  return folded;
}

/** `fold` of a single word, remembered. */
export function foldWord(word: string): string {
  const known = foldOf.get(word);
  if (known !== undefined) return known;
  const plain = plainLetters(word);
  const folded = soundRules(plain.cyrillic ? plain.letters : graphemes(plain.letters).map(usualReading).join(''));
  remember(foldOf, word, folded);
  return folded;
}

const REMEMBERED_WORDS = 50_000;
const LONGEST_REMEMBERED = 64;
const foldOf = new Map<string, string>();
const foldingsOf = new Map<string, readonly string[]>();

function remember<T>(memory: Map<string, T>, word: string, value: T): void {
  if (word.length > LONGEST_REMEMBERED) return;
  if (memory.size >= REMEMBERED_WORDS) memory.clear();
  memory.set(word, value);
}

/** At most so many ways to read one word are tried. */
const MOST_READINGS = 12;

/**
 * Every way to read a word: first its fold, then those of other spelling habits (`Chakhty`: чахты, French шахты).
 * A habit holds for the whole word: each ambiguous spelling is read the same wherever the word repeats it.
 */
export function foldings(word: string): readonly string[] {
  const known = foldingsOf.get(word);
  if (known !== undefined) return known;
  const ways = readWays(word);
  remember(foldingsOf, word, ways);
  return ways;
}

function readWays(word: string): readonly string[] {
  const plain = plainLetters(word);
  if (plain.cyrillic) return [soundRules(plain.letters)];
  const pieces = graphemes(plain.letters);
  let choices: ReadonlyMap<string, string>[] = [new Map()];
  for (const piece of new Set(pieces)) {
    const readings = GRAPHEMES[piece];
    if (readings === undefined || readings.length === 1) continue;
    if (choices.length * readings.length > MOST_READINGS) break;
    choices = readings.flatMap((reading) => choices.map((choice) => new Map(choice).set(piece, reading)));
  }
  const folded = choices.map((choice) =>
    soundRules(pieces.map((piece) => choice.get(piece) ?? usualReading(piece)).join('')),
  );
  return [...new Set(folded)];
}

/** Lower case, one script, no marks. Cyrillic comes back as sounds already, Latin as a–z. */
function plainLetters(word: string): { readonly letters: string; readonly cyrillic: boolean } {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return { letters: lower, cyrillic: false };
  const composed = lower.normalize('NFKC').normalize('NFC');
  // A mixed word is Cyrillic when all its Latin letters can pass for Cyrillic ones.
  const latin = composed.match(/\p{Script=Latin}/gu) ?? [];
  const cyrillic = /\p{Script=Cyrillic}/u.test(composed) && latin.every((letter) => letter in LATIN_LOOKALIKES);
  let letters = '';
  for (const letter of composed) letters += cyrillic ? cyrillicSounds(letter) : latinLetters(letter);
  return { letters: letters.replace(SILENT, ''), cyrillic };
}

function cyrillicSounds(letter: string): string {
  const sounds = CYRILLIC[letter];
  if (sounds !== undefined) return sounds;
  const bare = letter.normalize('NFD').replace(SILENT, '');
  return CYRILLIC[bare] ?? CYRILLIC[LATIN_LOOKALIKES[bare] ?? ''] ?? bare;
}

function latinLetters(letter: string): string {
  const plain = DIACRITICS[letter] ?? CYRILLIC_LOOKALIKES[letter];
  if (plain !== undefined) return plain;
  return letter.normalize('NFD').replace(SILENT, '');
}

function usualReading(piece: string): string {
  return GRAPHEMES[piece]?.[0] ?? piece;
}

const LONGEST_GRAPHEME = Math.max(...Object.keys(GRAPHEMES).map((grapheme) => grapheme.length));

function graphemes(letters: string): readonly string[] {
  const text = letters.replace(/([eo])ff$/, '$1v'); // Romanoff
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    let length = Math.min(LONGEST_GRAPHEME, text.length - at);
    while (length > 1 && !Object.hasOwn(GRAPHEMES, text.slice(at, at + length))) length -= 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Two consonants that one spelling or another writes as one. */
const MERGED: Readonly<Record<string, string>> = {
  ts: 'c', // Братск: Bratsk
  tc: 'c',
  tw: 'q', // German tsch, Estonian tš
  tq: 'q',
  sq: 'w', // Песчаный: Peschany
  wq: 'w', // shch
  zq: 'w',
  sw: 'w',
};

/**
 * What every spelling agrees on: `i` before a vowel is a glide and falls (with `o` it is ё, written e), runs of `i`
 * are one, o after ж ч ш is e, double consonants are single.
 */
function soundRules(sounds: string): string {
  let out = '';
  for (let at = 0; at < sounds.length; at += 1) {
    const sound = sounds[at] ?? '';
    const next = sounds[at + 1] ?? '';
    const last = out[out.length - 1] ?? '';
    if (sound === 'i') {
      if (next === 'i' || 'aeu'.includes(next || '.')) continue;
      if (next === 'o') {
        out += 'e';
        at += 1;
        continue;
      }
      if (last === 'i') continue;
      out += 'i';
    } else if (sound === 'o') {
      if (next === 'u') continue;
      out += last !== '' && 'jqw'.includes(last) ? 'e' : 'o';
    } else if (sound === 'h' && out === 'e' && next !== '' && !'aeoui'.includes(next)) {
    } else if ('aeu'.includes(sound)) {
      out += sound;
    } else if (sound !== last || /\d/.test(sound)) {
      const merged = MERGED[last + sound];
      out = merged === undefined ? out + sound : out.slice(0, -1) + merged;
    }
  }
  return out;
}
