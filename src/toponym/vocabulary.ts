import { fold } from './fold.ts';

/** What a word of the vocabulary is for in an address. */
export type Role =
  | 'settlement'
  | 'street'
  | 'area'
  | 'house'
  | 'region'
  | 'district'
  | 'country'
  | 'qualifier'
  | 'title'
  | 'date';

/** What the vocabulary says of a word. */
export interface VocabularyWord {
  readonly role: Role;
  /** Settlement types it may mean, as FIAS abbreviates them. */
  readonly types: readonly string[];
  /** English and other words that follow the name they belong to: Lenina street, Kazan city. */
  readonly follows: boolean;
}

/**
 * One kind of word a line: role, settlement types, words. `+` before a word: it follows its name. Settlement types as FIAS
 * abbreviates them; the words are those of orders in Russian and Latin letters, misspelt ones included: general usage, no
 * single source.
 */
const LINES: readonly (readonly [role: Role, types: string, words: string])[] = [
  ['settlement', 'г', 'г гор город gorod g +city +town'],
  ['settlement', 'п пгт рп кп дп', 'п пос посёлок поселок posolok poselok +settlement рабочий'],
  ['settlement', 'пгт рп гп п', 'пгт рп гп п-г-т р-п г-п к-п д-п дп urban'],
  ['settlement', 'с', 'с село selo c'],
  ['settlement', 'д', 'д дер деревня derevnia'],
  ['settlement', 'с д п', '+village нп'],
  ['settlement', 'ст-ца', 'ст-ца станица stanitza'],
  ['settlement', 'ст-ца ст', 'ст станция station ж-д жд'],
  ['settlement', 'х', 'х хутор h x khutor hut хут'],
  ['settlement', 'аул', 'аул'],
  ['settlement', 'г п пгт зато', 'зато zato'],
  ['settlement', 'сл', 'сл слобода'],
  ['settlement', 'рзд', 'разъезд рзд'],
  ['street', '', 'ул улица uliza uliсa ulits ulitsa ulitza ulica улиц yl'],
  ['street', '', 'пр прос-п сп проспект prospect prosp пр-кт пр-т pr-ct п-т'],
  ['street', '', 'пер переулок +lane +ln pereulok перулок'],
  ['street', '', 'проезд пр-д +drive'],
  ['street', '', 'б-р бул бульвар bulvar boulevard +blvd bld bulv б-вар'],
  ['street', '', 'наб набережная +embankment +emb +quay'],
  ['street', '', 'ш шоссе shosse chaussee +highway +hwy +route'],
  ['street', '', 'пл площадь +square +sq'],
  ['street', '', 'туп тупик ал аллея +alley линия +line тракт дорога просек спуск въезд взвоз'],
  ['street', '', '+street +str +st +ave +avenue +av +road +rd strasse rue'],
  [
    'area',
    '',
    'мкр мкр-н мкрн м-н м/р-н микрорайон mikroraion mikrorayon +microdistrict mcr microrayon mikrorajon микрн',
  ],
  ['area', '', 'кв-л квартал kvartal жк zhk тер территория промзона снт днт днп гск тсн сот садоводство зона'],
  ['area', '', 'тц бц трк трц оао ооо ooo llc ltd zao ao пао +center +centre +mall +plaza +hotel +hostel завод база'],
  ['area', '', 'метро metro м airport аэропорт aeroport вокзал vokzal аэродром вблизи near остров о'],
  ['house', '', 'дом dom house корп корпус korp corp стр строение building bldg bld blok block литера литер лит'],
  ['house', '', 'кв квартира flat apt apartment apart app оф офис office room rm комн ком комната этаж floor fl'],
  ['house', '', 'подъезд entrance под пом помещение unit suite ste вл владение влд k к +dormitory dorm общежитие общ'],
  ['house', '', 'box pobox тел tel phone mob моб в-ч часть voinskaya'],
  [
    'region',
    '',
    'обл область oblast obl +region +reg край kray krai krai +territory рес-п сп республика republic resp rep',
  ],
  ['region', '', '+province respublika автономный автономная авт autonomous аобл'],
  ['district', '', 'р-н район rayon raion rajon rayion +district +dist +distr р-он'],
  [
    'district',
    '',
    'округ okrug г-о го городской с-с сельсовет сельское с-п сп поселение улус ulus муниципальный мо municipality',
  ],
  ['country', '', 'россия russia russian federation федерация рф rf rus rossia российская ru russland russie'],
  ['qualifier', '', 'новый новая новое новые нов novo ново старый старая старое старые стар старо staro'],
  [
    'qualifier',
    '',
    'большой большая большое большие бол мал малый малая малое малые верхний верхняя верхнее верхние верх',
  ],
  ['qualifier', '', 'нижний нижняя нижнее нижние ниж средний средняя среднее средние сред'],
  [
    'qualifier',
    '',
    'северный южный восточный западный северная южная восточная западная северное южное восточное западное',
  ],
  ['qualifier', '', 'первый первая первое второй вторая второе третий третья правый левый дальний ближний ближняя'],
  ['qualifier', '', 'верхне нижне средне северо южно восточно западно new old upper lower great little'],
  [
    'title',
    '',
    'им имени маршала генерала академика адмирала героя героев космонавта профессора лейтенанта полковника',
  ],
  [
    'title',
    '',
    'капитана майора academician akademik acad academic marshal general gen admiral professor prof сержанта доктора архитектора художника композитора писателя поэта врача братьев брат',
  ],
  ['date', '', 'лет января февраля марта апреля мая июня июля августа сентября октября ноября декабря'],
];

const WORDS: ReadonlyMap<string, VocabularyWord> = new Map(
  LINES.flatMap(([role, types, words]) =>
    words.split(' ').map((word): [string, VocabularyWord] => {
      const follows = word.startsWith('+');
      return [fold(word), { role, types: types === '' ? [] : types.split(' '), follows }];
    }),
  ).reverse(),
);

/** What a folded word means in an address, by the first line that has it; undefined for every other word. */
export function vocabularyWord(folded: string): VocabularyWord | undefined {
  return WORDS.get(folded);
}
