import { describe, expect, it } from '@jest/globals';
import { EXPECTED, sampleMails } from './sample-day.js';

describe('the sample day', () => {
  it('is twelve mails, each for one of the mailboxes, in the order of their names', async () => {
    const mails = await sampleMails(['support@acme.example', 'sales@acme.example']);
    expect(mails).toHaveLength(EXPECTED.mails);
    expect(mails.map(({ name }) => name)).toEqual([...mails.map(({ name }) => name)].sort());
    expect(mails.find(({ name }) => name.includes('offer'))?.recipient).toBe('sales@acme.example');
  });

  it('sends bounces and automatic replies with the empty sender', async () => {
    const mails = await sampleMails(['support@acme.example', 'sales@acme.example']);
    const senders = Object.fromEntries(mails.map(({ name, sender }) => [name, sender]));
    expect(senders['08-out-of-office.eml']).toBe('');
    expect(senders['01-broken-lamp.eml']).toBe('marta.nunes@lumen.example');
  });

  it('says which mail is for nobody', async () => {
    await expect(sampleMails(['nobody@acme.example'])).rejects.toThrow('01-broken-lamp.eml is for none');
  });
});
