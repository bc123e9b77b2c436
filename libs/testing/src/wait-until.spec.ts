import { describe, expect, it } from '@jest/globals';
import { pause } from '#libs/runtime';
import { countProcessorTime, machineSlowdown } from './processor-time.js';
import { waitUntil } from './wait-until.js';

describe('a wait', () => {
  const never = () => false;

  it('ends when the condition holds', async () => {
    let looks = 0;
    await waitUntil(
      () => (looks += 1) === 3,
      60_000,
      () => 'never',
      1,
    );
    expect(looks).toBe(3);
  });

  it('gives up when its time is over', async () => {
    await expect(waitUntil(never, 20, () => 'it did not happen', 1)).rejects.toThrow('it did not happen');
  });

  it('takes as long as there is progress, and its time after that', async () => {
    let done = 0;
    const works = async () => {
      await pause(300);
      done += done < 5 ? 1 : 0;
      return false;
    };
    await expect(
      waitUntil(
        works,
        1_000,
        () => `stands still at ${done}`,
        1,
        () => done,
      ),
    ).rejects.toThrow('stands still at 5');
  });
});

it('processor time counts what is computed, and not what is waited for', async () => {
  const milliseconds = countProcessorTime();
  await pause(300);
  expect(milliseconds()).toBeLessThan(200);
  expect(machineSlowdown()).toBeGreaterThanOrEqual(1);
  expect(milliseconds()).toBeGreaterThan(50);
});
