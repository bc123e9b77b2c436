import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { describeApi } from '../../../apps/case-api/src/openapi.js';
import type { ApiDocument, Operation } from '../../fuzz/document.js';
import { settleSearch } from '../case-api/searchable.js';
import { candidates, crawl, filled, isTelling, readsOf, type Told } from './crawl.js';
import { type Asking, install, type Installation } from './installation.js';
import { firstCaseOf, phoneOf, SAME_KEY, seed } from './seed.js';

/** Of ids and texts that a parameter is asked with, so many at most. */
const MOST_VALUES = 25;

let database: TestDatabase;
let reads: Operation[];
let both: { readonly installation: Installation; readonly told: Told }[];
beforeAll(async () => {
  database = await testDatabase({ max: 10 });
  reads = readsOf((await describeApi()) as unknown as ApiDocument);
  const installed = [await install(database.pool, 'orchid', 1), await install(database.pool, 'walnut', 2)];
  both = [];
  for (const installation of installed) {
    await seed(installation);
  }
  await settleSearch(database.pool);
  for (const installation of installed) {
    both.push({ installation, told: await crawl(installation, reads) });
  }
}, 120_000);
afterAll(async () => {
  await Promise.all(both.map(({ installation }) => installation.stop()));
  await database.drop();
});

/** Who asks, and whose things are asked for: each of the other. */
const pairs = () => {
  const [one, other] = both as [(typeof both)[0], (typeof both)[0]];
  return [
    { asker: one.installation, own: one.told, owner: other.installation, theirs: other.told },
    { asker: other.installation, own: other.told, owner: one.installation, theirs: one.told },
  ];
};
type Pair = ReturnType<typeof pairs>[number];

/** What of the other's an answer tells beyond what the question said. */
async function leaks({ asker, own, owner, theirs }: Pair, line: string, more: Asking = {}): Promise<string[]> {
  const { text } = await asker.ask(line, more);
  const asked = decodeURIComponent(line).toLowerCase();
  const secrets = [...theirs.texts].filter((secret) => isTelling(secret, owner.word) && !own.texts.has(secret));
  const told = [owner.word, ...secrets].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
  return told.filter((secret) => !asked.includes(secret.toLowerCase())).map((secret) => `${line}: ${secret}`);
}

describe('two installations on one database', () => {
  it('are two: accounts, secrets and prefixes of topics', () => {
    const of = both.map(({ installation: { configuration } }) => configuration);
    expect(new Set(of.map(({ account }) => account.id)).size).toBe(2);
    expect(of.map(({ kafka }) => kafka.topicPrefix)).toEqual(['orchid.', 'walnut.']);
    expect(new Set(of.map(({ caseTokens }) => caseTokens.secret)).size).toBe(2);
  });

  it('have much to tell their own clients, by most of what can be asked', () => {
    for (const { told } of both) {
      expect(told.pages.size).toBeGreaterThan(reads.length * 0.7);
      expect(told.texts.size).toBeGreaterThan(100);
      expect(told.cursors.size).toBeGreaterThan(5);
    }
    expect([...both[0]!.told.pages.keys()].sort()).toEqual([...both[1]!.told.pages.keys()].sort());
  });

  it('71 name nothing alike: no id, no hash, and no word of the other stands in what is told', () => {
    for (const { own, theirs, owner } of pairs()) {
      const shared = [...own.texts].filter((text) => theirs.texts.has(text) && isTelling(text, owner.word));
      expect(shared).toEqual([]);
      expect([...own.texts].filter((text) => text.toLowerCase().includes(owner.word))).toEqual([]);
    }
  });

  it('71 answer none of the paths that the other answers, nor with “not modified”', async () => {
    for (const pair of pairs()) {
      for (const { id, path } of reads) {
        for (const [asked, etag] of path.includes('{') ? (pair.theirs.pages.get(id) ?? []) : []) {
          const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
          const { status } = await pair.asker.ask(`GET ${asked}`, { headers });
          expect([asked, status, status >= 400]).toEqual([asked, status, true]);
          expect(await leaks(pair, `GET ${asked}`)).toEqual([]);
        }
      }
    }
  });

  it('71 take no id, number, address, name, hash or cursor of the other’s for any parameter', async () => {
    for (const pair of pairs()) {
      const values = valuesOf(pair);
      for (const { path, parameters } of reads) {
        const [place = []] = [
          ...(pair.own.pages.get(reads.find((one) => one.path === path)?.id ?? '')?.keys() ?? []),
        ].map((known) => [known.split('?')[0] ?? '']);
        const asked = path.includes('{') ? place[0] : path;
        const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
        for (const name of asked === undefined ? [] : names) {
          for (const value of name === 'cursor' ? pair.theirs.cursors : values) {
            const line = `GET ${asked}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
            expect(await leaks(pair, line)).toEqual([]);
          }
        }
      }
    }
  });

  it('71 give nothing of the other’s below what is their own', async () => {
    for (const pair of pairs()) {
      for (const read of reads.filter(({ path }) => path.split('{').length > 2)) {
        const firsts = candidates(read, pair.own.texts, pair.own.pages, reads).map(([first = '']) => first);
        const seconds = [...pair.theirs.texts].filter((text) => isTelling(text, '\n'));
        for (const first of new Set(firsts)) {
          for (const second of seconds) {
            const { status } = await pair.asker.ask(`GET ${filled(read.path, [first, second])}`);
            expect([read.path, first, second, status < 300]).toEqual([read.path, first, second, false]);
          }
        }
      }
    }
  });

  it('71 and by numbers, which both give from one on, find their own alone', async () => {
    for (const pair of pairs()) {
      for (const number of [...pair.theirs.numbers].filter((one) => Number.isInteger(one) && one > 0 && one < 1000)) {
        expect(await leaks(pair, `GET /v1/cases/number:${number}`)).toEqual([]);
        expect(await leaks(pair, `GET /v1/cases?q=CASE-${number}`)).toEqual([]);
      }
    }
  });

  it('67 keep what was asked with the same key apart', async () => {
    const [one, other] = both as [(typeof both)[0], (typeof both)[0]];
    const again = await Promise.all(
      both.map(({ installation }) =>
        installation.ask('POST /v1/cases', { body: firstCaseOf(installation.word), headers: SAME_KEY }),
      ),
    );
    const ids = again.map(({ json }) => (json as { id: string }).id);
    expect([one.told.texts.has(ids[0]!), other.told.texts.has(ids[1]!)]).toEqual([true, true]);
    expect(new Set(ids).size).toBe(2);
    const foreign = await other.installation.ask('POST /v1/cases', {
      body: firstCaseOf(one.installation.word),
      headers: SAME_KEY,
    });
    expect(foreign.status).toBe(422);
    expect(foreign.text).not.toContain(ids[0]);
  });
});

/** Whatever names something: the ids of each kind would be too many, so some of all. */
function valuesOf({ owner, theirs }: Pair): string[] {
  const telling = [...theirs.texts].filter((text) => isTelling(text, owner.word) && text.length < 100);
  const spread = telling.filter((_, index) => index % Math.ceil(telling.length / MOST_VALUES) === 0);
  const named = spread.flatMap((text) => (text.includes('@') ? [text, `email:${text}`, `from:${text}`] : [text]));
  return [...named, owner.word, phoneOf(owner.word), `phone:${phoneOf(owner.word)}`, `name:${owner.word}-support`];
}
