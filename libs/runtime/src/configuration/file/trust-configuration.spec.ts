import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { loadConfiguration } from '../load-configuration.js';

const folder = mkdtempSync(path.join(tmpdir(), 'casewright-trust-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(yaml: string) {
  const file = path.join(folder, 'casewright.yml');
  writeFileSync(file, yaml);
  return loadConfiguration({ CASEWRIGHT_CONFIG: file });
}

describe('what is trusted and how much is let through', () => {
  it('is careful unless told', () => {
    const { account, mailboxes, smtp } = load('mailboxes: [ { address: a@x.example, group: Support } ]');
    expect(account.unverified).toBe('accept');
    expect({ ...account.backStops }).toEqual({
      newCasesPerHour: 100,
      messagesPerCaseAndHour: 60,
      automaticPerDay: 40,
      withheldCasesPerHour: 20,
    });
    expect(smtp.verifySenders).toBe(false);
    expect(mailboxes[0]).toMatchObject({
      trustedAuthservId: null,
      authentication: null,
      verifySenders: null,
      unverified: null,
      trustAgents: 'verified',
    });
  });

  it('can be told, one limit by itself', () => {
    const { account, mailboxes } = load(`
account: { unverified: quarantine, backStops: { newCasesPerHour: 0 } }
mailboxes:
  - { address: a@x.example, group: Support, authentication: microsoft365, trustAgents: always, unverified: accept }
  - { address: b@x.example, group: Support, trustedAuthservId: mx.x.example, authentication: below_received }
`);
    expect(account).toMatchObject({
      unverified: 'quarantine',
      backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 60 },
    });
    expect(mailboxes.map(({ authentication }) => authentication)).toEqual(['microsoft365', 'below_received']);
    expect(mailboxes[0]).toMatchObject({ trustAgents: 'always', unverified: 'accept' });
  });

  it.each([
    ['account: { unverified: drop }', /account\.unverified/],
    ['account: { backStops: { newCasesPerHour: -1 } }', /account\.backStops\.newCasesPerHour/],
    ['account: { backStops: { casesPerHour: 1 } }', /account\.backStops\.casesPerHour/],
    ['mailboxes: [ { address: a@x.example, group: Support, trustAgents: yes } ]', /mailboxes\[0\]\.trustAgents/],
    [
      'mailboxes: [ { address: a@x.example, group: Support, authentication: below_received } ]',
      /mailboxes\[0\]\.trustedAuthservId: is missing; it says whose results/,
    ],
  ])('%s is refused', (yaml, problem) => {
    expect(() => load(`groups: [ { name: Support } ]\n${yaml}`)).toThrow(problem);
  });
});
