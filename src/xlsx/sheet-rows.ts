import { columnLetters, columnOf, MAX_COLUMNS, MAX_ROWS } from './cell-place.ts';
import { Fault } from './fault.ts';
import { decoded } from './parse-part.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { ShowStyled } from './styles.ts';
import { unescapeText } from './text-escapes.ts';
import { joined, textCollector } from './text-parts.ts';
import { XLSX_TEXTS } from './texts.ts';
import { type XmlAttributes, xmlScanner } from './xml.ts';

/** A row of a sheet that is not empty. */
export interface SheetRow {
  /** As Excel counts, from 1. */
  readonly number: number;
  /** As displayed, up to the last that is not empty. */
  readonly cells: readonly string[];
}

/** What the cells of a sheet refer to. */
export interface CellSources {
  readonly strings: SharedStrings;
  readonly show: ShowStyled;
}

/** Reads the rows of a sheet from its XML. Throws Fault and XmlFault. */
function sheetReader(sources: CellSources) {
  const inline = textCollector();
  let rows: SheetRow[] = [];
  let inData = false;
  let number = 0;
  let cells: string[] = [];
  let column = -1;
  /** Attributes of the open cell, undefined outside one. */
  let cell: XmlAttributes | undefined;
  let value: string | undefined;
  let isValue = false;
  let isInline = false;
  let isFormula = false;

  function openRow(attributes: XmlAttributes): void {
    const given = attributes.r;
    number = given === undefined ? number + 1 : Number(given);
    if (!(number >= 1 && number <= MAX_ROWS)) throw new Fault(`it has a row ${given}`);
    cells = [];
    column = -1;
  }

  function openCell(attributes: XmlAttributes): void {
    const given = attributes.r;
    column = given === undefined ? column + 1 : columnOf(given);
    if (column >= MAX_COLUMNS) throw new Fault(`row ${number} has more than ${MAX_COLUMNS} cells`);
    cell = attributes;
    value = undefined;
    isFormula = false;
  }

  function closeCell(attributes: XmlAttributes): void {
    cell = undefined;
    if (value === undefined && isFormula) throw uncalculated(number, column);
    if (value === undefined) return;
    const text = displayed(value, attributes.t ?? 'n', Number(attributes.s ?? 0), sources);
    if (text === '') return;
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  const scanner = xmlScanner({
    open(name, attributes) {
      if (!inData) inData = name === 'sheetData';
      else if (cell === undefined) {
        if (name === 'c') openCell(attributes);
        else if (name === 'row') openRow(attributes);
      } else if (isInline) inline.open(name);
      else if (name === 'v') [value, isValue] = ['', true];
      else if (name === 'is') isInline = true;
      else if (name === 'f') isFormula = true;
    },
    text(piece) {
      if (isValue) value = joined(value ?? '', piece);
      else if (isInline) inline.text(piece);
    },
    close(name) {
      if (!inData) return;
      if (name === 'v') isValue = false;
      else if (name === 'is') [value, isInline] = [inline.take(), false];
      else if (isInline) inline.close(name);
      else if (name === 'c' && cell !== undefined) closeCell(cell);
      else if (name === 'row') {
        if (cells.length > 0) rows.push({ number, cells });
      } else if (name === 'sheetData') inData = false;
    },
  });

  return {
    ...scanner,
    /** The rows that are complete by now. */
    take(): readonly SheetRow[] {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

/** What a cell shows; `type` is that of ECMA-376 part 1, 18.18.11. */
function displayed(value: string, type: string, style: number, { strings, show }: CellSources): string {
  switch (type) {
    case 's': {
      const text = strings.get(value === '' ? -1 : Number(value));
      if (text === undefined) throw new Fault('a cell refers to a text that is not there');
      return text;
    }
    case 'inlineStr':
      return value;
    case 'str':
      return unescapeText(value);
    case 'b':
      return value.trim() === '0' ? 'FALSE' : 'TRUE';
    case 'e':
      return value;
    case 'd':
      return show(String(serialOf(value) ?? value), style);
    default:
      return value.trim() === '' ? '' : show(value.trim(), style);
  }
}

const DAY_MS = 86_400_000;
/** Serial number of 1970-01-01. */
const SERIAL_OF_EPOCH = 25_569;

/** The serial number of an ISO date. */
function serialOf(iso: string): number | undefined {
  const ms = Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : ms / DAY_MS + SERIAL_OF_EPOCH;
}

function uncalculated(number: number, column: number): Fault {
  return new Fault(XLSX_TEXTS.uncalculated(`${columnLetters(column)}${number}`));
}

/** The rows of a sheet that are not empty, as many at a time as a piece of it holds. Throws Fault and XmlFault. */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  sources: CellSources,
  signal: AbortSignal,
): AsyncGenerator<readonly SheetRow[], void> {
  const reader = sheetReader(sources);
  for await (const text of decoded(bytes)) {
    signal.throwIfAborted();
    reader.push(text);
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
  reader.end();
}
