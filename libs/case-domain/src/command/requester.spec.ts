import { describe, expect, it } from '@jest/globals';
import { aCreation, afterCommand as after, effectsOfCommand as effectsOf } from '#libs/testing';

const OLD = '+551187654321';
const NEW = '+5511987654321';
const asked = (value: string) => aCreation({ requester: { form: 'phone', value, name: null } });
const sharing = { contactId: 'c-1', holders: ['c-2', 'c-1'], shared: true };

describe('a requester whose number somebody writes down', () => {
  it('58 is who bears it in another spelling of its country', () => {
    expect(after(asked(NEW), { numbersOfPeople: { [OLD]: { contactId: 'joao' } } })).toMatchObject({
      requester: { kind: 'contact', id: 'joao' },
      requesterMatch: { method: 'phone_variant', confidence: 'weak', candidates: [] },
      supplied: { phone: NEW },
    });
  });

  it.each([
    ['several', { [NEW]: sharing }],
    ['several in another spelling', { [OLD]: sharing }],
    ['one, and another in another spelling', { [NEW]: { contactId: 'c-1' }, [OLD]: { contactId: 'c-2' } }],
  ])('54 of %s is the line’s: nobody is guessed, all are named', (_, numbersOfPeople) => {
    const { cases, contacts } = effectsOf(asked(NEW), { numbersOfPeople });
    expect(contacts).toMatchObject([{ kind: 'shared_line', identity: { kind: 'phone', value: NEW } }]);
    expect(cases[0]?.state).toMatchObject({
      requester: { kind: 'contact', id: contacts[0]?.id },
      requesterMatch: { method: 'R5', confidence: 'ambiguous', candidates: ['c-1', 'c-2'] },
    });
  });

  it('54 is for the line that is known already', () => {
    const numbersOfPeople = { [NEW]: { ...sharing, lineContactId: 'the-line' } };
    const { cases, contacts } = effectsOf(asked(NEW), { numbersOfPeople });
    expect([contacts, cases[0]?.state.requester.id]).toEqual([[], 'the-line']);
  });

  it('is a new contact where nobody bears it', () => {
    const { cases, contacts } = effectsOf(asked(NEW));
    expect(contacts).toMatchObject([{ kind: 'person', name: NEW, identity: { value: NEW }, verified: false }]);
    expect(cases[0]?.state.requesterMatch).toEqual({ method: 'R6', confidence: 'weak', candidates: [] });
  });
});
