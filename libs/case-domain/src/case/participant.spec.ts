import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Participant, PARTICIPANT_ROLES, participantOf, participantText } from '../index.js';

describe('a participant as text', () => {
  it('reads as what was written', () => {
    const arbitrary: fc.Arbitrary<Participant> = fc.record({
      kind: fc.constantFrom('email', 'phone', 'contact', 'agent'),
      value: fc.string(),
      role: fc.constantFrom(...PARTICIPANT_ROLES),
    });
    fc.assert(fc.property(arbitrary, (one) => expect(participantOf(participantText(one))).toEqual(one)));
  });

  it('is the plain identity of whoever gets copies, as recipients of mails are kept', () => {
    expect(participantOf('email:ana@example.org')).toEqual({ kind: 'email', value: 'ana@example.org', role: 'cc' });
    expect(participantText({ kind: 'agent', value: 'a', role: 'follower' })).toBe('follower:agent:a');
  });

  it('is nothing else', () => {
    expect(() => participantOf('ana@example.org')).toThrow('no kind of participant');
  });
});
