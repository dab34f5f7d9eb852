type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** The same object without the fields that are null or undefined. */
export function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && value !== undefined),
  ) as Known<T>;
}
