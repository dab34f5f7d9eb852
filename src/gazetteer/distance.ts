interface Position {
  readonly latitude?: number;
  readonly longitude?: number;
}

const EARTH_RADIUS_KM = 6371;

/** Great-circle distance in kilometres (haversine), undefined when either position is not known. */
export function kilometres(a: Position, b: Position): number | undefined {
  if (a.latitude === undefined || a.longitude === undefined) return undefined;
  if (b.latitude === undefined || b.longitude === undefined) return undefined;
  const radians = Math.PI / 180;
  const sine = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2;
  const chord =
    sine(b.latitude - a.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * sine(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(chord));
}
