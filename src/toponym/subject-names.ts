/** How addresses name the federal subjects. */
export interface SubjectNames {
  /** Two digits. */
  readonly code: string;
  /** Names that mean the subject wherever they stand. */
  readonly alone: readonly string[];
  /** Names that mean the subject only beside a word like область, край, region. */
  readonly beside: readonly string[];
  /** Second names, that mean the subject only right behind another of its names. */
  readonly behind?: readonly string[];
}

/** One federal subject a line. The cities that are subjects themselves are named like any city and have none. */
export const SUBJECT_NAMES: readonly SubjectNames[] = [
  { code: '01', alone: ['Адыгея', 'Adygea', 'Adygeya', 'Адыгейская'], beside: [] },
  { code: '02', alone: ['Башкортостан', 'Башкирия', 'Bashkiria', 'Башкирская'], beside: [] },
  { code: '03', alone: ['Бурятия', 'Buryatia', 'Бурятская'], beside: [] },
  { code: '04', alone: ['Алтай'], beside: ['Altai'] },
  { code: '05', alone: ['Дагестан', 'Dagestan'], beside: [] },
  { code: '06', alone: ['Ингушетия', 'Ingushetia', 'Ингушская'], beside: [] },
  { code: '07', alone: ['Кабардино-Балкария', 'Кабардино-Балкарская', 'Kabardino-Balkaria', 'КБР'], beside: [] },
  { code: '08', alone: ['Калмыкия', 'Kalmykia'], beside: [] },
  { code: '09', alone: ['Карачаево-Черкесия', 'Карачаево-Черкесская', 'Karachay-Cherkessia', 'КЧР'], beside: [] },
  { code: '10', alone: ['Карелия', 'Karelia'], beside: [] },
  { code: '11', alone: ['Коми', 'Komi'], beside: [] },
  { code: '12', alone: ['Марий Эл', 'Mari El', 'Marii El'], beside: [] },
  { code: '13', alone: ['Мордовия', 'Mordovia'], beside: [] },
  { code: '14', alone: ['Якутия', 'Саха Якутия', 'Саха', 'Yakutia', 'Sakha Yakutia', 'Sakha'], beside: [] },
  {
    code: '15',
    behind: ['Алания'],
    alone: ['Северная Осетия', 'Северная Осетия Алания', 'РСО Алания', 'North Ossetia', 'North Ossetia Alania'],
    beside: [],
  },
  { code: '16', alone: ['Татарстан', 'Tatarstan', 'Татария'], beside: [] },
  { code: '17', alone: ['Тыва', 'Тува', 'Tyva', 'Tuva'], beside: [] },
  { code: '18', alone: ['Удмуртия', 'Удмуртская', 'Udmurtia', 'Udmurt'], beside: [] },
  { code: '19', alone: ['Хакасия', 'Khakassia', 'Khakasia'], beside: [] },
  { code: '20', alone: ['Чечня', 'Чеченская', 'Chechnya', 'Chechen'], beside: [] },
  { code: '21', alone: ['Чувашия', 'Чувашская', 'Чувашская Республика Чувашия', 'Chuvashia', 'Chuvash'], beside: [] },
  { code: '22', alone: [], beside: ['Алтайский', 'Altai', 'Altay'] },
  { code: '23', alone: [], beside: ['Краснодарский', 'Krasnodar', 'Kuban'] },
  { code: '24', alone: [], beside: ['Красноярский', 'Krasnoyarsk'] },
  { code: '25', alone: [], beside: ['Приморье', 'Primorye', 'Приморский', 'Primorsky', 'Primorskiy', 'Maritime'] },
  { code: '26', alone: ['Ставрополье'], beside: ['Ставропольский', 'Stavropol'] },
  { code: '27', alone: [], beside: ['Хабаровский', 'Khabarovsk'] },
  { code: '28', alone: [], beside: ['Амурская', 'Amur'] },
  { code: '29', alone: [], beside: ['Архангельская', 'Arkhangelsk', 'Archangelsk'] },
  { code: '30', alone: [], beside: ['Астраханская', 'Astrakhan'] },
  { code: '31', alone: [], beside: ['Белгородская', 'Belgorod'] },
  { code: '32', alone: [], beside: ['Брянская', 'Bryansk'] },
  { code: '33', alone: [], beside: ['Владимирская', 'Vladimir'] },
  { code: '34', alone: [], beside: ['Волгоградская', 'Volgograd'] },
  { code: '35', alone: [], beside: ['Вологодская', 'Vologda'] },
  { code: '36', alone: [], beside: ['Воронежская', 'Voronezh'] },
  { code: '37', alone: [], beside: ['Ивановская', 'Ivanovo'] },
  { code: '38', alone: [], beside: ['Иркутская', 'Irkutsk'] },
  { code: '39', alone: [], beside: ['Калининградская', 'Kaliningrad'] },
  { code: '40', alone: [], beside: ['Калужская', 'Kaluga'] },
  { code: '41', alone: [], beside: ['Камчатский', 'Kamchatka', 'Камчатская', 'Kamchatski'] },
  { code: '42', alone: ['Кузбасс', 'Kuzbass'], beside: ['Кемеровская', 'Kemerovo'] },
  { code: '43', alone: [], beside: ['Кировская', 'Kirov'] },
  { code: '44', alone: [], beside: ['Костромская', 'Kostroma'] },
  { code: '45', alone: [], beside: ['Курганская', 'Kurgan'] },
  { code: '46', alone: [], beside: ['Курская', 'Kursk'] },
  { code: '47', alone: ['Ленобласть'], beside: ['Ленинградская', 'Leningrad', 'St Petersburg', 'Saint Petersburg'] },
  { code: '48', alone: [], beside: ['Липецкая', 'Lipetsk'] },
  { code: '49', alone: [], beside: ['Магаданская', 'Magadan'] },
  { code: '50', alone: ['Подмосковье', 'Мособласть'], beside: ['Московская', 'Moscow', 'Moskva', 'МО'] },
  { code: '51', alone: [], beside: ['Мурманская', 'Murmansk'] },
  { code: '52', alone: [], beside: ['Нижегородская', 'Nizhny Novgorod', 'Nizhegorod', 'N Novgorod'] },
  { code: '53', alone: [], beside: ['Новгородская', 'Novgorod'] },
  { code: '54', alone: [], beside: ['Новосибирская', 'Novosibirsk'] },
  { code: '55', alone: [], beside: ['Омская', 'Omsk'] },
  { code: '56', alone: [], beside: ['Оренбургская', 'Orenburg'] },
  { code: '57', alone: [], beside: ['Орловская', 'Orel', 'Oryol'] },
  { code: '58', alone: [], beside: ['Пензенская', 'Penza'] },
  { code: '59', alone: [], beside: ['Пермский', 'Perm', 'Пермская'] },
  { code: '60', alone: [], beside: ['Псковская', 'Pskov'] },
  { code: '61', alone: [], beside: ['Ростовская', 'Rostov', 'Rostov on Don'] },
  { code: '62', alone: [], beside: ['Рязанская', 'Ryazan'] },
  { code: '63', alone: [], beside: ['Самарская', 'Samara'] },
  { code: '64', alone: [], beside: ['Саратовская', 'Saratov'] },
  { code: '65', alone: [], beside: ['Сахалинская', 'Sakhalin'] },
  { code: '66', alone: [], beside: ['Свердловская', 'Sverdlovsk', 'Екатеринбургская', 'Yekaterinburg'] },
  { code: '67', alone: [], beside: ['Смоленская', 'Smolensk'] },
  { code: '68', alone: [], beside: ['Тамбовская', 'Tambov'] },
  { code: '69', alone: [], beside: ['Тверская', 'Tver'] },
  { code: '70', alone: [], beside: ['Томская', 'Tomsk'] },
  { code: '71', alone: [], beside: ['Тульская', 'Tula'] },
  { code: '72', alone: [], beside: ['Тюменская', 'Tyumen'] },
  { code: '73', alone: [], beside: ['Ульяновская', 'Ulyanovsk'] },
  { code: '74', alone: [], beside: ['Челябинская', 'Chelyabinsk'] },
  {
    code: '75',
    alone: ['Забайкалье'],
    beside: ['Забайкальский', 'Zabaikalye', 'Transbaikal', 'Zabaykal', 'Читинская', 'Chita'],
  },
  { code: '76', alone: [], beside: ['Ярославская', 'Yaroslavl'] },
  { code: '79', alone: ['ЕАО'], beside: ['Еврейская', 'Jewish', 'Еврейская автономная'] },
  { code: '83', alone: ['НАО'], beside: ['Ненецкий', 'Nenets'] },
  {
    code: '86',
    alone: ['ХМАО', 'Ханты-Мансийский Автономный Округ Югра', 'ХМАО Югра'],
    beside: ['Ханты-Мансийский', 'Khanty Mansi', 'Khanty Mansiysk'],
    behind: ['Югра'],
  },
  { code: '87', alone: [], beside: ['Чукотский', 'Chukotka'] },
  { code: '89', alone: ['ЯНАО'], beside: ['Ямало-Ненецкий', 'Yamalo Nenets', 'Yamal'] },
  { code: '91', alone: ['Крым', 'Crimea'], beside: ['Крымская'] },
];

/**
 * Subjects that one is easily written for the other: a city and the oblast around it, an okrug and the oblast it
 * belongs or belonged to. A mention of one does not contradict a place of the other.
 */
export const NEIGHBOURING_SUBJECTS: readonly (readonly string[])[] = [
  ['77', '50'],
  ['78', '47'],
  ['91', '92'],
  ['01', '23'],
  ['04', '22'],
  ['72', '86', '89'],
  ['29', '83'],
  ['27', '79'],
  ['49', '87'],
];
