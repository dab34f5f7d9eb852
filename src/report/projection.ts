/**
 * Albers' equal-area conic on a sphere of radius 1, so that dots and bubbles are as dense as on the ground. Formulas 14-1
 * to 14-6 of J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987).
 */
export interface Conic {
  /** Latitudes, in degrees, along which the scale is true. */
  readonly parallels: readonly [number, number];
  /** Where x and y are 0, in degrees. */
  readonly origin: { readonly latitude: number; readonly longitude: number };
}

/** Suits Russia: the parallels lie a sixth within its settled latitudes, the meridian in its middle. */
export const RUSSIA: Conic = { parallels: [50, 65], origin: { latitude: 56, longitude: 100 } };

/** A point in units of the sphere's radius: x grows eastwards, y northwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Makes the function from degrees to the plane. */
export function projection({ parallels, origin }: Conic): (latitude: number, longitude: number) => Point {
  const [sin1, sin2] = [Math.sin(radians(parallels[0])), Math.sin(radians(parallels[1]))];
  const n = (sin1 + sin2) / 2;
  const c = Math.cos(radians(parallels[0])) ** 2 + 2 * n * sin1;
  const rho = (latitude: number) => Math.sqrt(c - 2 * n * Math.sin(radians(latitude))) / n;
  const rho0 = rho(origin.latitude);
  return (latitude, longitude) => {
    const theta = n * radians(longitude - origin.longitude);
    return { x: rho(latitude) * Math.sin(theta), y: rho0 - rho(latitude) * Math.cos(theta) };
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
