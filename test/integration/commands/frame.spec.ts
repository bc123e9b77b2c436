import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { settle } from '#libs/case-ledger';
import { defaultAccountId } from '#libs/runtime';
import { aCreation } from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
});
afterAll(() => world.database.drop());

it.each(['before', 'after'] as const)('a case that is refused in %s leaves nothing, not even a gap', async (place) => {
  const { number } = await world.done(aCreation());
  for (let turn = 0; turn < 3; turn += 1) {
    const refuse = () => Promise.reject(new RangeError('refused'));
    const work = [{ accountId: defaultAccountId, inputs: [{ kind: 'command', command: aCreation() } as const] }];
    await expect(settle(world.ledger, work, { [place]: refuse })).rejects.toThrow('refused');
  }
  expect(Number((await world.done(aCreation())).number)).toBe(Number(number) + 1);
});
