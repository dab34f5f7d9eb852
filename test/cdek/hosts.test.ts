import { describe, expect, it, test } from 'vitest';
import { apiOf, PRESETS, presetNamed, refuseForeignHosts } from '../../src/cdek/hosts.ts';

describe('a preset', () => {
  it.each([
    ['detect-city', 'https://int.cdek-express.cn/api/v2/detect-city'],
    ['v2', 'https://api.cdek.ru'],
    ['v2-test', 'https://api.edu.cdek.ru'],
    ['legacy-ru', 'https://integration.cdek.ru'],
    ['legacy-ru-http', 'http://integration.cdek.ru'],
    ['legacy-cn', 'https://integration.cdek-asia.cn'],
    ['legacy-cn-http', 'http://integration.cdek-asia.cn'],
    ['legacy-token', 'http://auth.api.cdek.ru/api/tokenauth/authorize'],
  ])('named %s stands for %s', (name, url) => {
    expect(presetNamed(name)?.url).toBe(url);
  });

  it.each(['', 'V2', 'toString', '__proto__', 'https://api.cdek.ru'])('is not named %j', (name) => {
    expect(presetNamed(name)).toBeUndefined();
  });

  test('shares its host with no other API', () => {
    for (const { api, url } of Object.values(PRESETS)) expect(apiOf(url)).toBe(api);
  });
});

describe('the API of a host', () => {
  it.each([
    ['https://API.cdek.ru/v2/location/cities', 'v2'],
    ['http://api.cdek.ru:8080', 'v2'],
    ['https://api.cdek.ru./', 'v2'],
    ['http://int.cdek-express.cn/other', 'detect-city'],
    ['https://integration.cdek-asia.cn/v1', 'legacy'],
  ])('%s is %s, whatever scheme, port, path and spelling', (url, api) => {
    expect(apiOf(url)).toBe(api);
  });

  it.each(['http://127.0.0.1:8080/api/v2/detect-city', 'https://api.cdek.ru.example.org', 'https://cdek.ru'])(
    '%s is not known',
    (url) => {
      expect(apiOf(url)).toBeUndefined();
    },
  );
});

describe('a credential', () => {
  it('is let go to hosts of its own API and to unknown ones', () => {
    expect(() => refuseForeignHosts('v2', ['https://api.cdek.ru', 'https://api.edu.cdek.ru/'])).not.toThrow();
    expect(() => refuseForeignHosts('v2', ['http://127.0.0.1:1', 'https://proxy.example.org'])).not.toThrow();
  });

  it.each([
    ['detect-city', 'https://api.edu.cdek.ru', "api.edu.cdek.ru belongs to CDEK's API v2; --detector cdek asks it"],
    ['v2', 'https://int.cdek-express.cn/x', "belongs to CDEK's detect-city; --detector api asks it"],
    ['detect-city', 'https://integration.cdek.ru', "belongs to CDEK's old integration API; no detector asks it"],
    ['legacy-token', 'https://integration.cdek.ru', 'It does not get the credentials of the token service'],
  ] as const)('for %s is not let go to %s', (api, url, message) => {
    const refuse = () => refuseForeignHosts(api, ['https://proxy.example.org', url]);
    expect(refuse).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(refuse).toThrow(message);
  });
});
