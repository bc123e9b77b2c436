import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import { normalised, write } from '../testing/normalised-mail.js';
import { outlookConversation, providerThread, subjectNumbers } from './weak-references.js';

const numbersIn = (subject: string): string[] => subjectNumbers(subject).map(({ value }) => value);

describe('a case number in the subject', () => {
  it.each([
    ['Re: [CASE-12] the lamp', ['12']],
    ['case-12: the lamp', ['12']],
    ['Re: [#12] the lamp', ['12']],
    ['CASE-1, CASE-2, [#3], CASE-4', ['1', '2', '3']],
    ['CASE-7 and again [#7]', ['7']],
    ['#12 the lamp', []],
    ['UPPERCASE-12', []],
    ['CASE-12-3', []],
    ['CASE-12b', []],
    ['CASE-0', []],
    ['CASE-012', []],
    ['[#1234567890123456789]', []],
    ['', []],
  ])('%s', (subject, numbers) => expect(numbersIn(subject)).toEqual(numbers));

  it('is searched for in linear time', () => {
    const computed = countProcessorTime();
    numbersIn('CASE-'.repeat(200_000));
    numbersIn('[#1'.repeat(200_000));
    expect(computed()).toBeLessThan(200);
  });

  it('stands behind every other reference, and is no thread key', async () => {
    const mail = await normalised(write('Subject: Re: [CASE-12] lamp\r\nIn-Reply-To: <first@acme.example>'));
    expect(mail.references).toEqual([
      { kind: 'message_id', value: 'first@acme.example', via: 'in_reply_to' },
      { kind: 'case_number', value: '12', via: 'subject_number' },
    ]);
    expect(mail.threadKeys).toHaveLength(1);
  });
});

describe('the provider’s thread', () => {
  it('is a name within its mailbox, borne and referred to', async () => {
    const mail = await normalised(write('Subject: lamp'), {
      provider: 'imap',
      providerThreadId: '1278455344230334865',
    });
    const value = 'imap:support@acme.example:1278455344230334865';
    expect(mail.references).toEqual([{ kind: 'provider_thread', value, via: 'provider_thread' }]);
    expect(mail.threadKeys).toContainEqual({ kind: 'provider_thread', value });
  });

  it.each([null, undefined, '', 'a b', 'x'.repeat(256), 'a\nb'])('is none when the provider says %j', (id) => {
    expect(providerThread('support@acme.example', id)).toBeNull();
  });

  it('is none without a mailbox', () => expect(providerThread(null, '1')).toBeNull());
});

describe('the Thread-Index of Outlook', () => {
  const guid = '00112233445566778899aabbccddeeff';
  const first = Buffer.concat([Buffer.from('01d9a1b2c3d4', 'hex'), Buffer.from(guid, 'hex')]);

  it('names the conversation, in the first mail and in replies', async () => {
    expect(outlookConversation(first.toString('base64'))).toBe(guid);
    const reply = Buffer.concat([first, Buffer.alloc(5, 7)]).toString('base64');
    expect(outlookConversation(reply)).toBe(guid);
    expect((await normalised(write(`Thread-Index: ${reply}`))).details['outlookConversation']).toBe(guid);
  });

  it.each([undefined, '', 'AQ==', 'no base64 at all, and long enough to be one', 'A'.repeat(40)])(
    'says nothing as %j',
    (value) => expect(outlookConversation(value)).toBeNull(),
  );
});
