import { afterAll, beforeAll, describe } from '@jest/globals';

import { consumingContract } from './consuming.contract.js';
import { failingContract } from './failing.contract.js';
import type { ContractSubject, LogHarness } from './log-harness.js';
import { membershipContract } from './membership.contract.js';
import { publishingContract } from './publishing.contract.js';

/** What every log must do; run for each of them. */
export function eventLogContract(name: string, start: () => Promise<LogHarness>): void {
  describe(name, () => {
    let subject: ContractSubject;

    beforeAll(async () => {
      const harness = await start();
      subject = { harness, log: await harness.open() };
    });

    afterAll(async () => {
      await subject?.log.close();
      await subject?.harness.close();
    });

    describe('topics and publishing', () => publishingContract(() => subject));
    describe('consuming', () => consumingContract(() => subject));
    describe('failing handlers', () => failingContract(() => subject));
    describe('members of a group', () => membershipContract(() => subject));
  });
}
