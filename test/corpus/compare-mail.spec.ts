import { describe, expect, it } from '@jest/globals';
import { anInteraction } from '#libs/testing';
import { asRight } from './as-right.js';
import { compareMail, type Expectation } from './compare-mail.js';

const ours = anInteraction({
  sender: { kind: 'email', value: 'carla@customer.example', name: null },
  threadKeys: [{ kind: 'message_id', value: 'a@customer.example' }],
  content: { subject: 'Lamp', text: 'It is\n\nbroken.', attachments: [] },
});
const theirs: Expectation = {
  subject: 'Lamp',
  messageId: 'a@customer.example',
  from: [{ address: 'Carla@customer.example' }],
  text: 'It is broken.',
  html: '<p>It is broken.</p>',
  attachments: [],
};
const fields = (told: Partial<Expectation>) => compareMail(ours, { ...theirs, ...told }).map(({ field }) => field);

describe('a mail beside what another parser makes of it', () => {
  it('is equal where only blanks differ', () => {
    expect(compareMail(ours, theirs)).toEqual([]);
  });

  it.each([
    ['subject', { subject: 'Lamps' }],
    ['body', { text: 'It is not broken.', html: '' }],
    ['body', { text: '', html: '' }],
    ['messageId', { messageId: 'b@customer.example' }],
    ['sender', { from: [{ address: 'maria@customer.example' }] }],
    ['attachments', { attachments: [{ kind: 'Binary', size: 3, sha256: 'f'.repeat(64) }] }],
  ])('differs in its %s', (field, told) => {
    expect(fields(told)).toEqual([field]);
  });

  it('holds at least the first body of several', () => {
    expect(fields({ text: 'It is' })).toEqual([]);
  });
});

describe('a difference that is none against us', () => {
  const judged = (told: Partial<Expectation>, text = ours.content.text) => {
    const mail = { ...ours, content: { ...ours.content, text } };
    const expectation = { ...theirs, html: '', ...told };
    return compareMail(mail, expectation).map((difference) => asRight(difference, expectation));
  };

  it.each<[string, Partial<Expectation>, string, string | null]>([
    [
      'bytes that they could not read',
      { text: 'Fr\ufffdsche sind da' },
      'Frösche sind da',
      'read here, replaced there',
    ],
    ['other words around them', { text: 'Fr\ufffdsche sind fort' }, 'Frösche sind da', null],
    ['a text that they attach', { text: '', attachments: [{ kind: 'Text' }] }, 'Hello', 'shown here, attached there'],
    ['a text that they do not have', { text: '' }, 'Hello', null],
    ['a text that we lost', { text: 'Hello' }, '', null],
    ['NUL and a lone CR', { text: 'we have\ra \0lot' }, 'we have a lot', 'control characters'],
  ])('%s', (_name, told, text, expected) => {
    expect(judged(told, text)).toEqual([expected]);
  });
});
