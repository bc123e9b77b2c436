import { describe, expect, it } from '@jest/globals';
import { type CheckName, CHECKS } from './checks.js';
import type { Subject } from './subject.js';

/** What is wrong with a provider. */
export interface Finding {
  readonly check: CheckName;
  readonly detail: string;
}

const NAMES = Object.keys(CHECKS) as CheckName[];

/** Everything that is wrong with a provider; nothing for one that may be added to the list. */
export async function findingsOn(subject: Subject): Promise<readonly Finding[]> {
  const found = await Promise.all(NAMES.map((check) => findingsOf(check, subject)));
  return found.flat();
}

async function findingsOf(check: CheckName, subject: Subject): Promise<readonly Finding[]> {
  const details = await CHECKS[check](subject);
  return details.map((detail) => ({ check, detail }));
}

/** The suite that every provider passes: one test for each check. */
export function describeProvider(subject: Subject): void {
  describe(`the provider ${subject.provider.name}`, () => {
    it.each(NAMES)('%s', async (check) => {
      expect(await findingsOf(check, subject)).toEqual([]);
    });
  });
}
