import { expect, it } from 'vitest';
import { looksRussian, russianName } from '../../src/gazetteer/russian-name.ts';

it.each([
  ['Kazan', ['Казан', 'Казань', 'Қазан'], 'Казань'],
  ['Tomsk', ['Томськ', 'Томьскъ', 'Томск'], 'Томск'],
  ['Novokuznetsk', ['Новокузнетск', 'Новокузнецк', 'Сталинск'], 'Новокузнецк'],
  ['Mirnyy', ['Мирны', 'Мирный'], 'Мирный'],
  ['Gorokhovets', ['Гороховець', 'Гороховец'], 'Гороховец'],
  ['Cherepovets', ['Череповець', 'Череповец', 'Черяповец'], 'Череповец'],
  ['Nizhniy Novgorod', ['Нижни Новгород', 'Горький', 'Нижний Новгород', 'Ніжній Новгород'], 'Нижний Новгород'],
  ['Mayskiy', ['Майський', 'Майский', 'Къотэпс'], 'Майский'],
  ['Shchyolkovo', ['Шчолково', 'Щёлково'], 'Щёлково'],
])('chooses the Russian name of %s among %j', (own, alternates, name) => {
  expect(russianName(own, alternates)).toBe(name);
});

it('chooses none where none looks Russian', () => {
  expect(russianName('Zarya', ['Zaria', 'Зоря́', 'Ѕаря', '曙光'])).toBeUndefined();
});

it.each(['Маскоўская', 'Київ', 'Смоленьск', 'Майкъоп', 'москва', 'Moscow'])('does not take %s for Russian', (name) => {
  expect(looksRussian(name)).toBe(false);
});
