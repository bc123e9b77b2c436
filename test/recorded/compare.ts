import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { byText, canonicalJson } from './canonical-json.js';
import { RECORDED_TABLES } from './tables.js';

export interface Comparison {
  /** Lines that are not alike, and lines that only one of them has. */
  readonly differences: number;
  /** For people. */
  readonly report: string;
}

type Line = Readonly<Record<string, unknown>>;

const OTHER_PLAN = 'These are recordings of different plans: record both with the same mails, seed and test/recorded.';

interface Found {
  count: number;
  /** Where it was met first. */
  readonly example: string;
}

/**
 * Where two recordings differ. A line is compared with the line about the same thing, wherever that stands: the same row,
 * the same version of a case on the same topic, the same decision. Array indices are left out of the paths; changes of fields are named by their field.
 */
export async function compareRecordings(before: string, after: string): Promise<Comparison> {
  const others = new Map<string, string>();
  for await (const [name, text] of namedLines(after)) {
    others.set(name, text);
  }
  const paths = new Map<string, Found>();
  const onlyBefore = new Map<string, Found>();
  let equal = 0;
  let different = 0;
  for await (const [name, text] of namedLines(before)) {
    const other = others.get(name);
    others.delete(name);
    if (other === undefined) {
      note(onlyBefore, kindOf(name), () => name);
    } else if (other === text) {
      equal += 1;
    } else {
      different += 1;
      for (const [path, example] of differencesOf(JSON.parse(text), JSON.parse(other))) {
        note(paths, `${kindOf(name)} ${path}`, () => `${example}   in ${name}`);
      }
    }
  }
  const onlyAfter = new Map<string, Found>();
  [...others.keys()].forEach((name) => note(onlyAfter, kindOf(name), () => name));
  const left = [onlyBefore, onlyAfter].map((found) => [...found.values()].reduce((sum, { count }) => sum + count, 0));
  const differences = different + left.reduce((sum, count) => sum + count, 0);
  const head = `${equal} lines are equal, ${different} differ, ${left[0]} are only in ${before}, ${left[1]} only in ${after}`;
  const strangers = paths.has('plan plan') ? [`${OTHER_PLAN}\n`] : [];
  const parts = [
    ...strangers,
    head,
    ...sectionOf('Different paths', paths),
    ...sectionOf(`Only in ${before}`, onlyBefore),
  ];
  return { differences, report: [...parts, ...sectionOf(`Only in ${after}`, onlyAfter)].join('\n') };
}

/** Each line with the name of what it is about; of several about the same, the second is `… #2`. */
async function* namedLines(file: string): AsyncGenerator<[name: string, text: string]> {
  const seen = new Map<string, number>();
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const name = nameOf(JSON.parse(text) as Line);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    yield [count === 1 ? name : `${name} #${count}`, text];
  }
}

/** First the kind of thing, up to the first colon. */
function nameOf(line: Line): string {
  const { table: name, step } = line;
  if (typeof name === 'string') {
    const row = line['row'] as Line;
    const table = RECORDED_TABLES.find(({ table }) => table === name);
    return `row of ${name}: ${(table?.key ?? []).map((column) => String(row[column])).join(' ')}`;
  }
  if (line['plan'] !== undefined) {
    return 'plan: ';
  }
  if (typeof step === 'number') {
    return `step: ${step}`;
  }
  const headers = line['headers'] as Record<string, string>;
  const endpoint = (line['value'] as Line | null)?.['endpoint'];
  const told = [line['key'], headers['ce_sequence'], endpoint].filter((part) => typeof part === 'string');
  return `${String(line['topic'])} ${headers['ce_type'] ?? ''}: ${told.join(' ')}`;
}

function kindOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

/** Paths at which two values differ, each with both of what stands there. */
export function differencesOf(before: unknown, after: unknown, path = ''): [path: string, example: string][] {
  if (canonicalJson(before) === canonicalJson(after)) {
    return [];
  }
  if (isFieldList(before) && isFieldList(after)) {
    return differencesOfFields(before, after, path);
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => differencesOf(before[index], after[index], `${path}[]`)).flat();
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differencesOf(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return [[path, `${shown(before)} → ${shown(after)}`]];
}

type FieldList = readonly { readonly field: string }[];

/** Changes of a case are about fields: what matters is which, and then their order. */
function differencesOfFields(before: FieldList, after: FieldList, path: string): [path: string, example: string][] {
  const [one, other] = [before, after].map((list) => new Map(list.map((item) => [item.field, item])));
  const fields = [...new Set([...before, ...after].map(({ field }) => field))];
  const found = fields.flatMap((field) => differencesOf(one?.get(field), other?.get(field), `${path}[${field}]`));
  const orders = [before, after].map((list) => list.map(({ field }) => field));
  return found.length > 0 ? found : [[`${path} in another order`, `${shown(orders[0])} → ${shown(orders[1])}`]];
}

function isFieldList(value: unknown): value is FieldList {
  return Array.isArray(value) && value.every((item) => isObject(item) && typeof item['field'] === 'string');
}

function isObject(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : canonicalJson(value);
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`;
}

function note(found: Map<string, Found>, name: string, example: () => string): void {
  const known = found.get(name);
  if (known === undefined) {
    found.set(name, { count: 1, example: example() });
  } else {
    known.count += 1;
  }
}

function sectionOf(heading: string, found: ReadonlyMap<string, Found>): string[] {
  const rows = [...found].sort(([one], [other]) => byText(one, other));
  return found.size === 0
    ? []
    : [
        '',
        heading,
        ...rows.map(([name, { count, example }]) => `${`${count}`.padStart(8)}  ${name}\n          ${example}`),
      ];
}
