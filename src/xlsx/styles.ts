import { numberFormat, type ShowNumber } from './number-format.ts';
import { xmlScanner } from './xml.ts';

/** Shows a number in the style of its cell, counted from 0. */
export type ShowStyled = (stored: string, style: number) => string;

/**
 * The formats that a file names by number alone (ECMA-376 part 1, 18.8.30). Numbers 14, 22, 27–36 and 50–58 are dates
 * in the way of the computer that opens the file, which is not known here: they are shown as ISO 8601 writes them.
 */
const KNOWN_FORMATS: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [7, '#,##0.00'],
  [8, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [14, 'yyyy-mm-dd'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'yyyy-mm-dd h:mm'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'yyyy-mm-dd'] as const),
  ...[32, 33, 34, 35, 55, 56].map((id) => [id, 'h:mm:ss'] as const),
  [39, '#,##0.00'],
  [40, '#,##0.00'],
  [43, '#,##0.00'],
  [44, '#,##0.00'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
]);

/** Collects what a workbook's styles part says of numbers. Throws XmlFault. */
export function stylesReader() {
  const codes = new Map(KNOWN_FORMATS);
  const formatOfStyle: number[] = [];
  let inCells = false;
  const scanner = xmlScanner({
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) formatOfStyle.push(Number(attributes.numFmtId ?? 0));
      else if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
    },
    text() {},
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return {
    ...scanner,
    /** To be called at the end. */
    shower(date1904: boolean): ShowStyled {
      const shown = new Map<number, ShowNumber>();
      const show = (id: number): ShowNumber => {
        const known = shown.get(id) ?? numberFormat(codes.get(id) ?? '', date1904);
        shown.set(id, known);
        return known;
      };
      const byStyle = formatOfStyle.map(show);
      const general = show(0);
      return (stored, style) => (byStyle[style] ?? general)(stored);
    },
  };
}
