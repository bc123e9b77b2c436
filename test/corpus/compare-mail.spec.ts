import { describe, expect, it } from '@jest/globals';
import { anInteraction } from '#libs/testing';
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
