import { describe, expect, it } from '@jest/globals';
import { untilNoCaseComes } from './status-moves.js';
import { CasesHaveStatus } from './status-uses.js';

/** Fails as often with what is thrown, then is done. */
function failing(times: number, thrown: Error): { readonly move: () => Promise<string>; readonly tries: () => number } {
  let tries = 0;
  const move = (): Promise<string> => {
    tries += 1;
    return tries > times ? Promise.resolve('done') : Promise.reject(thrown);
  };
  return { move, tries: () => tries };
}

describe('untilNoCaseComes', () => {
  it('moves again when a case came into the status in between', async () => {
    const { move, tries } = failing(2, new CasesHaveStatus());
    await expect(untilNoCaseComes(move)).resolves.toBe('done');
    expect(tries()).toBe(3);
  });

  it('says so when cases keep coming', async () => {
    const { move, tries } = failing(100, new CasesHaveStatus());
    await expect(untilNoCaseComes(move)).rejects.toThrow(CasesHaveStatus);
    expect(tries()).toBe(5);
  });

  it('tries nothing again that failed for another reason', async () => {
    const { move, tries } = failing(100, new Error('the database is gone'));
    await expect(untilNoCaseComes(move)).rejects.toThrow('the database is gone');
    expect(tries()).toBe(1);
  });
});
