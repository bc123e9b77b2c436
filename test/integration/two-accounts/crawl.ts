import type { ApiDocument, Operation } from '../../fuzz/document.js';
import { operationsOf } from '../../fuzz/document.js';
import type { Installation } from './installation.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MOST_PAGES = 20;

/** What an installation tells its own client. */
export interface Told {
  /** Paths that are answered with 200, by the operation's id; with the tag of the answer where there is one. */
  readonly pages: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** All texts of all answers: ids, hashes, names, addresses, cursors. */
  readonly texts: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  readonly cursors: ReadonlySet<string>;
}

/** Every GET operation of the document, whatever it is about. */
export function readsOf(document: ApiDocument): Operation[] {
  return operationsOf(document).filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/'));
}

/** What names nothing else in the world, or bears the word of the installation. */
export function isTelling(text: string, word: string): boolean {
  return UUID.test(text) || SHA256.test(text) || text.toLowerCase().includes(word);
}

/** Parameters in braces, in their order. */
const placesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The path with these in the place of its parameters. */
export function filled(path: string, values: readonly string[]): string {
  let place = 0;
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(values[place++] ?? ''));
}

/** Asks for everything that there is: lists page by page, then each thing by whatever was told so far. */
export async function crawl(installation: Installation, reads: readonly Operation[]): Promise<Told> {
  const pages = new Map<string, Map<string, string | null>>();
  const [texts, numbers, cursors] = [new Set<string>(), new Set<number>(), new Set<string>()];
  const ask = async ({ id, path }: Operation, values: readonly string[], query = ''): Promise<unknown> => {
    const asked = filled(path, values) + query;
    const { status, etag, json } = await installation.ask(`GET ${asked}`);
    if (status === 200) {
      pages.set(id, (pages.get(id) ?? new Map<string, string | null>()).set(asked, etag));
      collect(json, texts, numbers);
    }
    return status === 200 ? json : undefined;
  };
  const ordered = [...reads].sort((one, other) => placesIn(one.path).length - placesIn(other.path).length);
  for (const read of ordered) {
    for (const values of candidates(read, texts, pages, ordered)) {
      let query = read.parameters.some(({ name }) => name === 'limit') ? '?limit=1' : '';
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const cursor = cursorOf(await ask(read, values, query));
        if (cursor === null) {
          break;
        }
        cursors.add(cursor);
        query = `?limit=1&cursor=${encodeURIComponent(cursor)}`;
      }
    }
  }
  return { pages, texts, numbers, cursors };
}

/** Whatever may stand in the place of a parameter; of a second one only beside a first one of which something was told. */
export function candidates(
  { path }: Operation,
  texts: ReadonlySet<string>,
  pages: ReadonlyMap<string, ReadonlyMap<string, string | null>>,
  reads: readonly Operation[],
): string[][] {
  const places = placesIn(path);
  const names = [...texts].filter((text) => UUID.test(text) || SHA256.test(text) || /^[^\s/]+@[^\s/]+$/.test(text));
  if (places.length < 2) {
    return places.length === 0 ? [[]] : names.map((name) => [name]);
  }
  const prefix = path.slice(0, path.indexOf('}') + 1);
  const parent = reads.find((one) => one.path === prefix);
  const known = names.filter((name) => pages.get(parent?.id ?? '')?.has(filled(prefix, [name])));
  return known.flatMap((first) => names.map((second) => [first, second]));
}

function cursorOf(json: unknown): string | null {
  const page = (json as { page?: { next_cursor?: string | null } } | undefined)?.page;
  return page?.next_cursor ?? null;
}

function collect(json: unknown, texts: Set<string>, numbers: Set<number>): void {
  if (typeof json === 'string') {
    texts.add(json);
  } else if (typeof json === 'number') {
    numbers.add(json);
  } else if (typeof json === 'object' && json !== null) {
    Object.values(json).forEach((value) => collect(value, texts, numbers));
  }
}
