import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { aMail } from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import { ConversationMemory } from './conversation-memory.js';

/** A mail that knows only its parent, as many clients send replies; its key is then its parent's id. */
const mail = (id: string, parent: string | null): Interaction =>
  aMail({ messageId: id, inReplyTo: parent ?? undefined }, { conversationKey: `account|email|${parent ?? id}` });

describe('conversation memory', () => {
  it('keeps a chain of replies under one key, though each names its parent only', () => {
    const memory = new ConversationMemory();
    const keys = [mail('a', null), mail('b', 'a'), mail('c', 'b'), mail('d', 'c')].map(
      (one) => memory.place(one).conversationKey,
    );
    expect(keys).toEqual(Array.from({ length: 4 }, () => 'account|email|a'));
  });

  it('gives a root that comes late the key of the reply that named it', () => {
    const memory = new ConversationMemory();
    memory.place({ ...mail('b', 'a'), conversationKey: 'account|email|b' });
    expect(memory.place(mail('a', null)).conversationKey).toBe('account|email|b');
  });

  it('keeps any tree of replies under one key when parents come first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), (choices) => {
        const memory = new ConversationMemory();
        memory.place(mail('0', null));
        const keys = choices.map(
          (choice, index) => memory.place(mail(`${index + 1}`, `${choice % (index + 1)}`)).conversationKey,
        );
        expect(new Set(keys)).toEqual(new Set(['account|email|0']));
      }),
    );
  });

  it('does not mix accounts, and forgets the oldest names first', () => {
    const memory = new ConversationMemory(2);
    memory.place(mail('a', null));
    const elsewhere = { ...mail('b', 'a'), accountId: '00000000-0000-4000-8000-000000000001' };
    expect(memory.place(elsewhere).conversationKey).toBe('account|email|a');
    memory.place(mail('x', null));
    memory.place(mail('y', null));
    expect(memory.place({ ...mail('c', 'a'), conversationKey: 'own' }).conversationKey).toBe('own');
  });
});
