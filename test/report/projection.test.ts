import { expect, it } from 'vitest';
import { projection, RUSSIA } from '../../src/report/projection.ts';

it('agrees with the worked example of the manual that its formulas come from', () => {
  // Snyder 1987, numerical examples, Albers on the sphere: 35° N 75° W with parallels 29.5° and 45.5°.
  const project = projection({ parallels: [29.5, 45.5], origin: { latitude: 23, longitude: -96 } });
  const { x, y } = project(35, -75);
  expect(x).toBeCloseTo(0.295272, 6);
  expect(y).toBeCloseTo(0.2416774, 6);
});

it('keeps Russia from west to east and north to south', () => {
  const project = projection(RUSSIA);
  const [kaliningrad, moscow, anadyr] = [project(54.7, 20.5), project(55.75, 37.6), project(64.7, 177.5)];
  expect(kaliningrad.x).toBeLessThan(moscow.x);
  expect(moscow.x).toBeLessThan(anadyr.x);
  expect(project(69, 88).y).toBeGreaterThan(project(51, 88).y);
});
