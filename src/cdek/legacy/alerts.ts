/** One of the reasons for which the old API did not do what it was asked. */
export interface Alert {
  /** Its code, e.g. `auth_failed`. */
  readonly errorCode: string;
  /** Its text, mostly in Russian; may be empty. */
  readonly msg: string;
}

/**
 * The alerts in the body of a response (seed document "CDEK API Reference", Token): none where it has no such list.
 * An alert without a code is passed over; each text is one line.
 */
export function parseAlerts(body: string): readonly Alert[] {
  const list = field(parseJson(body), 'alerts');
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const errorCode = line(field(item, 'errorCode'));
    return errorCode === '' ? [] : [{ errorCode, msg: line(field(item, 'msg')) }];
  });
}

/** The JSON value of a text; undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.trim());
  } catch {
    return undefined;
  }
}

/** A field that the object itself has. */
export function field(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, unknown>>)[name];
}

function line(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
