/** A circle on a plane. */
export interface Circle {
  x: number;
  y: number;
  readonly radius: number;
}

const ROUNDS = 80;

/** Moves circles that cover each other apart, the smaller one further, so that all can be seen. Returns new ones. */
export function apart<T extends Circle>(circles: readonly T[]): readonly T[] {
  const moved = circles.map((circle) => ({ ...circle }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, one] of moved.entries()) {
      for (const other of moved.slice(index + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const distance = Math.hypot(dx, dy) || 1;
        const overlap = one.radius + other.radius + 1 - distance;
        if (overlap <= 0) continue;
        const [stepX, stepY] = [((dx || 1) / distance) * overlap, (dy / distance) * overlap];
        const share = one.radius ** 2 / (one.radius ** 2 + other.radius ** 2);
        other.x += stepX * share;
        other.y += stepY * share;
        one.x -= stepX * (1 - share);
        one.y -= stepY * (1 - share);
      }
    }
  }
  return moved;
}
