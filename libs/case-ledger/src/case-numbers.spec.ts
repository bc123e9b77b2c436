import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { declareConfiguration } from '#libs/case-store';
import { ACCOUNT_ID, aDeclaration, aDeclaredAccount, testDatabase, type TestDatabase } from '#libs/testing';
import { CaseNumbers, type ReservedNumbers } from './case-numbers.js';

let database: TestDatabase;
let numbers: CaseNumbers;
beforeEach(async () => {
  database = await testDatabase();
  await declareConfiguration(database.pool, aDeclaration());
  numbers = new CaseNumbers(database.pool);
});
afterEach(() => database.drop());

const take = (reserved: ReservedNumbers, count: number): string[] =>
  Array.from({ length: count }, () => reserved.take());
const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => (index + 1).toString());
const reserve = (count: number, by = numbers): Promise<ReservedNumbers> => by.reserve(ACCOUNT_ID, count);

/** What the next process would be given first. */
async function next(): Promise<string> {
  return (await reserve(1, new CaseNumbers(database.pool))).take();
}

describe('CaseNumbers', () => {
  it('hands out numbers from 1, and no more than were reserved', async () => {
    const reserved = await reserve(3);
    expect(take(reserved, 3)).toEqual(['1', '2', '3']);
    expect(() => reserved.take()).toThrow('3 numbers that were reserved');
  });

  it('gives what was not taken to whoever comes next, lowest first', async () => {
    const one = await reserve(3);
    const other = await reserve(2);
    expect([...take(other, 1), ...take(one, 1)]).toEqual(['4', '1']);
    other.putBack('unused');
    one.putBack('unused');
    expect(take(await reserve(4), 4)).toEqual(['2', '3', '5', '6']);
  });

  it('gives all of it to whoever comes next when nothing was committed', async () => {
    const lost = await reserve(3);
    take(lost, 2);
    lost.putBack('all');
    expect(take(await reserve(3), 3)).toEqual(['1', '2', '3']);
  });

  it('puts each number back once', async () => {
    const reserved = await reserve(2);
    reserved.putBack('unused');
    reserved.putBack('unused');
    reserved.putBack('all');
    expect(take(await reserve(3), 3)).toEqual(['1', '2', '3']);
  });

  it('leaves no gap when it stops in order, unless somebody else has taken later ones', async () => {
    const reserved = await reserve(10);
    take(reserved, 4);
    reserved.putBack('unused');
    await numbers.giveBack();
    expect(await next()).toBe('5');
    const late = await reserve(3);
    expect(await next()).toBe('9');
    late.putBack('all');
    await numbers.giveBack();
    expect(await next()).toBe('10');
  });

  it('gives back the end of what it has, where that has a gap', async () => {
    const one = await reserve(2);
    const other = await reserve(2);
    const last = await reserve(2);
    take(other, 2);
    other.putBack('unused');
    one.putBack('all');
    last.putBack('all');
    await numbers.giveBack();
    expect(await next()).toBe('5');
  });

  it('hands out nothing twice while it gives back', async () => {
    (await reserve(5)).putBack('all');
    const [, late] = await Promise.all([numbers.giveBack(), reserve(2)]);
    const taken = [...take(late, 2), ...take(await reserve(8), 8)];
    expect(new Set(taken).size).toBe(10);
  });

  it('puts back what it had when the database fails', async () => {
    (await reserve(2)).putBack('all');
    await database.pool.query('alter table case_number_counter rename to away');
    await expect(reserve(3)).rejects.toThrow('case_number_counter');
    await database.pool.query('alter table away rename to case_number_counter');
    expect(take(await reserve(3), 3)).toEqual(['1', '2', '3']);
  });

  it('keeps accounts apart', async () => {
    const other = 'b9c4e6de-2d5e-5d0c-8f4b-4a8a6c1f9f11';
    await declareConfiguration(database.pool, aDeclaration({ account: aDeclaredAccount({ id: other }) }));
    (await reserve(2)).putBack('all');
    expect(take(await numbers.reserve(other, 1), 1)).toEqual(['1']);
    expect(take(await reserve(2), 2)).toEqual(upTo(2));
  });

  it('hands out no number twice, whatever several processes do at the same time', async () => {
    const settling = fc.record({
      act: fc.constantFrom('commit', 'commit', 'roll back', 'crash', 'stop' as const),
      process: fc.nat(2),
      reserved: fc.nat(4),
      taken: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(settling, { maxLength: 4 }), { maxLength: 10 }), async (rounds) => {
        const processes = Array.from({ length: 3 }, () => new CaseNumbers(database.pool));
        const borne: string[] = [];
        for (const round of rounds) {
          await Promise.all(
            round.map(async ({ act, process, reserved, taken }) => {
              const own = processes[process] ?? numbers;
              const some = await reserve(reserved, own);
              const used = take(some, Math.min(reserved, taken));
              switch (act) {
                case 'roll back':
                  return some.putBack('all');
                case 'crash':
                  processes[process] = new CaseNumbers(database.pool);
                  return undefined;
                default:
                  borne.push(...used);
                  some.putBack('unused');
                  return act === 'stop' ? own.giveBack() : undefined;
              }
            }),
          );
        }
        expect(borne.filter((number, index) => borne.indexOf(number) !== index)).toEqual([]);
        await database.pool.query('delete from case_number_counter');
      }),
      { numRuns: 60 },
    );
  });
});
