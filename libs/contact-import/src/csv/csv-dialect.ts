import { notUnderstood, understood, type Understood } from '../outcome.js';
import { COLUMN_FIELDS, type ColumnField } from './heading-words.js';
import { fieldOfHeading, sameHeading } from './match-heading.js';
import { readCells } from './read-cells.js';
import { RecordScanner } from './record-scanner.js';

/** A column that is read. */
export interface CsvColumn {
  /** From 0. */
  readonly index: number;
  readonly field: ColumnField;
  /** As it stands in the file; null where the file has none. */
  readonly heading: string | null;
}

/** How a file of CSV is to be read. */
export interface CsvDialect {
  readonly separator: string;
  /** Line of the headings, from 1; 0 where the file has none. What is before it is no row. */
  readonly headerLine: number;
  /** Cells of the heading; a row with more is refused. Null where there is no heading. */
  readonly width: number | null;
  readonly columns: readonly CsvColumn[];
  /** Headings of columns that are not read; at most a hundred. */
  readonly unused: readonly string[];
}

/** What the operator says of it. */
export interface CsvWishes {
  readonly separator: string | null;
  /** Which column is which, by its heading or its number from 1; of several for one field all are read. */
  readonly map: readonly { readonly field: ColumnField; readonly column: string }[];
  /** Whether external ids are wanted. */
  readonly hasIntegration: boolean;
}

interface Candidate {
  readonly separator: string;
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t', '|'];
/** Lines in which a heading may stand: exports begin with titles. */
const MOST_LINES_BEFORE = 20;
const EXCEL_SEPARATOR = /^"?sep=([^\r\n"])"?$/i;

/** Separator and heading: those with which the most columns are understood. `head` is the text of the beginning. */
export function findDialect(head: string, isWhole: boolean, wishes: CsvWishes): Understood<CsvDialect> {
  const separators = wishes.separator === null ? SEPARATORS : [wishes.separator];
  const candidates = separators.flatMap((separator) => candidatesOf(head, isWhole, separator));
  const first = candidates[0];
  if (first === undefined) {
    return notUnderstood('The file is empty: there is nothing to import.');
  }
  const understoodOnes = candidates
    .map((candidate) => ({ candidate, columns: columnsOf(candidate.cells, wishes) }))
    .filter(({ columns }) => columns.some(({ field }) => isIdentity(field, wishes)))
    .sort((one, other) => other.columns.length - one.columns.length);
  const [best] = understoodOnes;
  if (best !== undefined && mapped(best.columns, wishes)) {
    const { separator, line, cells } = best.candidate;
    const unused = cells.filter((cell, index) => cell !== '' && !best.columns.some((column) => column.index === index));
    return understood({
      separator,
      headerLine: line,
      width: cells.length,
      columns: best.columns,
      unused: unused.slice(0, 100).map((heading) => heading.slice(0, 60)),
    });
  }
  return withoutHeading(candidates, wishes) ?? notUnderstood(whyNot(candidates, best?.candidate, wishes));
}

function candidatesOf(head: string, isWhole: boolean, separator: string): Candidate[] {
  const records = new RecordScanner(separator)
    .push(head, isWhole)
    .filter(({ problem }) => problem === null)
    .slice(0, MOST_LINES_BEFORE);
  const said = EXCEL_SEPARATOR.exec(records[0]?.text.trim() ?? '')?.[1];
  if (said !== undefined && said !== separator) {
    return [];
  }
  const rows = readCells(
    records.map(({ text }) => text),
    separator,
  );
  return records
    .map(({ line }, at) => ({ separator, line, cells: (rows[at] ?? []).map((cell) => cell.trim()) }))
    .slice(said === undefined ? 0 : 1);
}

/** Columns by what the operator says, then by their headings; each column once, and each field of one value once. */
function columnsOf(cells: readonly string[], { map }: CsvWishes): CsvColumn[] {
  const said = map.flatMap(({ field, column }) => {
    const index = cells.findIndex((cell) => cell !== '' && sameHeading(cell, column));
    return index < 0 ? [] : [{ index, field, heading: cells[index] ?? null }];
  });
  const byMap = new Set(map.map(({ field }) => field));
  const seen = new Set<ColumnField>();
  const found = cells.flatMap((heading, index) => {
    const field = fieldOfHeading(heading);
    if (field === null || byMap.has(field) || said.some((one) => one.index === index)) {
      return [];
    }
    const isSecond = seen.has(field) && field !== 'email' && field !== 'phone';
    seen.add(field);
    return isSecond ? [] : [{ index, field, heading }];
  });
  return [...said, ...found].sort((one, other) => one.index - other.index);
}

function mapped(columns: readonly CsvColumn[], { map }: CsvWishes): boolean {
  return map.every(({ field }) => columns.some((column) => column.field === field));
}

/** Columns by their numbers alone: the first line is a row already where it holds what only rows hold. */
function withoutHeading(candidates: readonly Candidate[], wishes: CsvWishes): Understood<CsvDialect> | null {
  const columns = wishes.map.map(({ field, column }) => ({ index: Number(column) - 1, field, heading: null }));
  const areNumbers = wishes.map.every(({ column }) => /^[1-9]\d{0,3}$/.test(column));
  if (columns.length === 0 || !areNumbers || !columns.some(({ field }) => isIdentity(field, wishes))) {
    return null;
  }
  const most = Math.max(...columns.map(({ index }) => index));
  const fitting = candidates.find(({ cells }) => cells.length > most);
  if (fitting === undefined) {
    return notUnderstood(`No line has ${most + 1} columns: correct --map, or name the --separator.`);
  }
  const holdsData = columns.some(({ field, index }) => {
    const cell = fitting.cells[index] ?? '';
    return (field === 'email' && cell.includes('@')) || (field === 'phone' && /\d{3}/.test(cell));
  });
  const headerLine = holdsData ? 0 : fitting.line;
  return understood({ separator: fitting.separator, headerLine, width: null, columns, unused: [] });
}

function isIdentity(field: ColumnField, { hasIntegration }: CsvWishes): boolean {
  return field === 'email' || field === 'phone' || (field === 'external_id' && hasIntegration);
}

function whyNot(candidates: readonly Candidate[], best: Candidate | undefined, { map }: CsvWishes): string {
  const widest = best ?? [...candidates].sort((one, other) => other.cells.length - one.cells.length)[0];
  const cells = (widest?.cells ?? []).slice(0, 30).map((cell) => `"${cell.slice(0, 60)}"`);
  const missing = map.filter(({ column }) => !widest?.cells.some((cell) => sameHeading(cell, column)));
  const columns = `line ${widest?.line ?? 1} has ${cells.join(', ')}`;
  return missing.length > 0
    ? `No column is called ${missing.map(({ column }) => `"${column}"`).join(', ')}: ${columns}.`
    : `No column was understood by which a contact could be found again; ${columns}. Say which is which: ` +
        '--map email=COLUMN,phone=COLUMN, by heading or by number; or name the --separator.';
}

/** `name=Nome,phone=Telefone`, where a heading may hold commas and spaces. */
export function readMap(text: string): Understood<CsvWishes['map']> {
  const parts = text.split(/,(?=\s*[a-z_]+\s*=)/);
  const map = parts.map((part) => {
    const at = part.indexOf('=');
    const field = COLUMN_FIELDS.find((one) => one === part.slice(0, Math.max(at, 0)).trim().replaceAll('-', '_'));
    const column = part.slice(at + 1).trim();
    return field === undefined || column === '' ? part.trim() : { field, column };
  });
  const wrong = map.find((one) => typeof one === 'string');
  return wrong === undefined
    ? understood(map.filter((one) => typeof one !== 'string'))
    : notUnderstood(
        `"${wrong}" maps nothing: write name=HEADING,email=HEADING; there are ${COLUMN_FIELDS.join(', ')}.`,
      );
}
