import { ALA_LC, BGN_PCGN, BS_2979, GOST_779, MOSMETRO, TELEGRAM, translate, WIKIPEDIA, YANDEX_MAPS } from 'iuliia';
import type { Chance } from './random.ts';
import type { City } from './world.ts';

/** Ways to write Russian in Latin letters, beside leaving it in Cyrillic. */
const SCHEMES = [ALA_LC, BGN_PCGN, BS_2979, GOST_779, MOSMETRO, TELEGRAM, WIKIPEDIA, YANDEX_MAPS];

const STREETS =
  'Ленина Советская Мира Кирова Гагарина Пушкина Садовая Октябрьская Победы Молодёжная Школьная Лесная Гоголя Чапаева ' +
  'Комсомольская Первомайская Набережная Некрасова Горького Калинина Заречная Зелёная Центральная Строителей Лермонтова ' +
  'Толстого Суворова Кутузова Матросова Свердлова Фрунзе Дзержинского Маяковского Чехова Жукова Рабочая Полевая Южная';
const STREET_NAMES = STREETS.split(' ');

/** How a name is written in one address. */
type Script = (russian: string) => string;

/** An address in one of the forms in which shops have them, of a city that it names. */
export function writeAddress(city: City, chance: Chance): string {
  const script = chooseScript(chance);
  const written = script(city.name);
  const name = chance.happens(MISSPELLED) ? misspelled(written, chance) : written;
  return chance.pick(FORMS)({
    name,
    type: script(city.type),
    region: script(city.region),
    ...destination(script, chance),
  });
}

/** An address from which nobody can tell a city of its postcode: none is named, a garbled one, or one of elsewhere. */
export function writeUnmatched(city: City, elsewhere: City, chance: Chance): string {
  const script = chooseScript(chance);
  const where = destination(script, chance);
  if (chance.happens(0.5)) return `${where.street} ${where.house}, ${where.flat}`;
  if (chance.happens(0.5)) return `${where.street} ${where.house}, ${where.flat}, ${script(elsewhere.name)}`;
  return `${where.street} ${where.house}, ${where.flat}, ${garbled(script(city.name))}`;
}

/** The same question written otherwise: case and punctuation do not make it another one. */
export function writtenAgain(address: string, chance: Chance): string {
  if (chance.happens(0.5)) return address;
  return chance.happens(0.5) ? address.toUpperCase() : address.replaceAll(', ', ' ,  ');
}

const MISSPELLED = 0.04;

interface Parts {
  readonly name: string;
  readonly type: string;
  readonly region: string;
  readonly street: string;
  readonly house: string;
  readonly flat: string;
}

const FORMS: readonly ((parts: Parts) => string)[] = [
  ({ name, street, house, flat }) => `${street} ${house}, ${flat} ${name}`,
  ({ name, street, house, flat }) => `${name}, ${street} ${house}-${flat}`,
  ({ name, street, house, flat }) => `${street} ${house}, ${flat}, ${name}`,
  ({ name, type, street, house, flat }) => `${type}. ${name}, ${street}, ${house}, ${flat}`,
  ({ name, region, street, house, flat }) => `${region}, ${name}, ${street} ${house}, ${flat}`,
  ({ name, region, street, house, flat }) => `${street} ${house}, ${flat}, ${name}, ${region}`,
];

function chooseScript(chance: Chance): Script {
  if (chance.happens(0.2)) return (russian) => russian;
  const scheme = chance.pick(SCHEMES);
  return (russian) => translate(russian, scheme);
}

function destination(script: Script, chance: Chance): Pick<Parts, 'street' | 'house' | 'flat'> {
  const street = script(`ул. ${chance.pick(STREET_NAMES)}`);
  return { street, house: String(1 + chance.below(150)), flat: script(`кв. ${1 + chance.below(300)}`) };
}

/** With one letter doubled, left out or put in the wrong place. Short names are spared: they would become others. */
function misspelled(name: string, chance: Chance): string {
  if (name.length < 7) return name;
  const at = 2 + chance.below(name.length - 4);
  const [head, letter, tail] = [name.slice(0, at), name.slice(at, at + 1), name.slice(at + 1)];
  if (!/\p{L}/u.test(letter)) return name;
  return chance.pick([head + letter + letter + tail, head + tail, head + tail.slice(0, 1) + letter + tail.slice(1)]);
}

/** Beyond recognition: every other letter. */
function garbled(name: string): string {
  return [...name].filter((_, index) => index % 2 === 0).join('');
}
