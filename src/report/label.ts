/** Columns of a terminal that labels take, at the least. */
export const LABEL_WIDTH = 10;

/** How many columns of a terminal a text takes: Han characters take the place of two. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
}

/** A text with spaces behind it, so that it takes so many columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
