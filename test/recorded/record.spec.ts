import { beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '#libs/testing';
import { record } from './record.js';
import type { Tally } from './tally.js';

const options = { mails: 300, seed: 1 };

async function recording(): Promise<{ lines: string[]; tally: Tally }> {
  const database = await testDatabase();
  const lines: string[] = [];
  try {
    const tally = await record(database.pool, options, (line) => lines.push(line));
    return { lines, tally };
  } finally {
    await database.drop();
  }
}

describe('a recording', () => {
  let [one, other]: Awaited<ReturnType<typeof recording>>[] = [];
  beforeAll(async () => {
    [one, other] = [await recording(), await recording()];
  });

  it('of the same code is the same', () => {
    expect(one?.lines.length).toBeGreaterThan(2000);
    expect(other?.lines).toEqual(one?.lines);
  });

  it.each([
    [
      'interactions by outcome',
      ['created', 'attached', 'internal', 'reopened', 'followed_up', 'automatic', 'suspended', 'rejected'],
    ],
    [
      'records of case.events.v1',
      [
        'case.created',
        'case.interaction_attached',
        'case.resolved',
        'case.closed',
        'case.reopened',
        'case.merged',
        'case.merge_received',
        'case.threading_conflict',
        'case.follow_up_created',
      ],
    ],
    [
      'records of interactions.decided.v1',
      ['applied', 'recorded', 'suspended', 'released', 'rejected', 'duplicate'].map((verb) => `interaction.${verb}`),
    ],
  ])('has every kind among the %s', (heading, names) => {
    expect(names.filter((name) => one?.tally.of(heading, name) === 0)).toEqual([]);
  });

  it('names no id as it is, and has every payload as it was published', () => {
    const lines = one?.lines ?? [];
    expect(lines.filter((line) => /[0-9a-f]{8}-[0-9a-f]{4}-|cw[a-z2-7]{42}/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('"payload":"changed"'))).toEqual([]);
    expect(lines.filter((line) => line.includes('"payload":"as published"')).length).toBeGreaterThan(200);
  });
});
