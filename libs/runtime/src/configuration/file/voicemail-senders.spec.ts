import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ConfigurationError } from '../configuration-error.js';
import { loadConfiguration } from '../load-configuration.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-voicemail-senders-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(mailbox: object): Promise<readonly string[] | undefined> {
  const file = path.join(folder, 'casewright.yml');
  const mailboxes = [{ address: 'support@acme.example', group: 'Support', ...mailbox }];
  await writeFile(file, JSON.stringify({ mailboxes, groups: [{ name: 'Support' }] }));
  return loadConfiguration({ CASEWRIGHT_CONFIG: file }).mailboxes[0]?.voicemailSenders;
}

describe('the voicemail senders of a mailbox', () => {
  it('are addresses or domains, and none unless they are named', async () => {
    expect(await load({})).toEqual([]);
    expect(await load({ voicemailSenders: ['pbx@acme.example', '@calls.example'] })).toEqual([
      'pbx@acme.example',
      '@calls.example',
    ]);
  });

  it.each(['calls.example', 'a@b@c', 7])('are not %j', async (sender) => {
    await expect(load({ voicemailSenders: [sender] })).rejects.toThrow(ConfigurationError);
  });
});
