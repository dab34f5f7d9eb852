import { writeAddress, writeUnmatched, writtenAgain } from './addresses.ts';
import { type Chance, createDraw } from './random.ts';
import type { City, Postcode } from './world.ts';

export interface Order {
  readonly postcode: string;
  readonly address: string;
  /** Roubles. */
  readonly cod: string;
}

/** What is true of an address: the city that it was made from, or why the API finds none. */
export type Truth = City | 'ERR_NOT_DETECT_CITY_IN_ADDRESS' | 'ERR_MANY_CITIES_IN_ADDRESS';

export interface OrdersOptions {
  /** Weight of the rank `r` of a postcode: 1 / r ** zipf. */
  readonly zipf: number;
  /** Share of the rows that come from a customer who ordered before, 0 to 1. */
  readonly repeats: number;
  /** Share of the new addresses that name no city of their postcode, 0 to 1. */
  readonly unmatched: number;
}

/** Who orders what, night after night. */
export interface Orders {
  night(rows: number): readonly Order[];
  /** Knows every address that was ever ordered to, letter by letter. */
  truth(postcode: string, address: string): Truth | undefined;
}

/** Of a postcode with several cities, the share of parcels that goes to the first. */
const MAIN_CITY = 0.6;

export function createOrders(world: readonly Postcode[], options: OrdersOptions, chance: Chance): Orders {
  const draw = createDraw(
    world.map((_, index) => 1 / (index + 1) ** options.zipf),
    chance,
  );
  const truths = new Map<string, Truth>();
  const customers: { readonly postcode: string; readonly address: string }[] = [];
  const keyOf = (postcode: string, address: string) => `${postcode} ${address}`;
  const remember = (postcode: string, address: string, truth: Truth) => truths.set(keyOf(postcode, address), truth);

  function newCustomer() {
    const place = world[draw()] as Postcode;
    const city = chance.happens(MAIN_CITY) ? (place.cities[0] as City) : chance.pick(place.cities);
    const isUnmatched = chance.happens(options.unmatched);
    const address = isUnmatched ? writeUnmatched(city, elsewhere(place), chance) : writeAddress(city, chance);
    remember(place.postcode, address, isUnmatched ? 'ERR_NOT_DETECT_CITY_IN_ADDRESS' : meant(city, place));
    const customer = { postcode: place.postcode, address };
    customers.push(customer);
    return customer;
  }

  function elsewhere({ cities }: Postcode): City {
    for (;;) {
      const [city] = chance.pick(world).cities;
      const isOther = ({ name, regionCode }: City) => name !== city?.name && regionCode !== city?.regionCode;
      if (city !== undefined && cities.every(isOther)) return city;
    }
  }

  function customer() {
    if (customers.length === 0 || !chance.happens(options.repeats)) return newCustomer();
    const { postcode, address } = chance.pick(customers);
    const again = writtenAgain(address, chance);
    remember(postcode, again, truths.get(keyOf(postcode, address)) as Truth);
    return { postcode, address: again };
  }

  return {
    night: (rows) => Array.from({ length: rows }, () => ({ ...customer(), cod: amount(chance) })),
    truth: (postcode, address) => truths.get(keyOf(postcode, address)),
  };
}

/** The name alone does not tell two cities of one name apart. */
function meant(city: City, { cities }: Postcode): Truth {
  return cities.filter(({ name }) => name === city.name).length > 1 ? 'ERR_MANY_CITIES_IN_ADDRESS' : city;
}

function amount(chance: Chance): string {
  return chance.happens(0.4) ? '0' : String(500 + 10 * chance.below(1500));
}
