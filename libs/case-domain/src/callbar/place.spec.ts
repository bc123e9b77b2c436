import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallBarAction } from '#libs/interaction';
import { aCallBarEvent, aCase, aSnapshot } from '#libs/testing';
import { inOrder, type Press } from '../decision/press.js';
import { placeOf } from './place.js';

const [one, other] = [aCase(), aCase()];
const snapshot = aSnapshot({ cases: [one, other] });

function press(action: CallBarAction, seconds: number, { caseId, id }: { caseId?: string; id?: string } = {}): Press {
  const event = aCallBarEvent(action, seconds, {
    ...(caseId ? { case: { by: 'id', value: caseId } } : {}),
    ...(id ? { id } : {}),
  });
  return { event, isFresh: true, agentId: `agent ${seconds}`, contactId: null, caseId: null, saidIn: [] };
}

const place = (...presses: Press[]) => placeOf(presses, snapshot);

describe('the order in which presses take effect', () => {
  it('is that of their times, then of their ids, whatever came first', () => {
    const early = press('note.save', 10, { id: '0199a3c2-0000-7000-8000-00000000000f' });
    const same = press('note.save', 20, { id: '0199a3c2-0000-7000-8000-00000000000a' });
    const late = press('note.save', 20, { id: '0199a3c2-0000-7000-8000-00000000000b' });
    fc.assert(
      fc.property(fc.shuffledSubarray([early, same, late], { minLength: 3 }), (presses) => {
        expect(inOrder(presses)).toEqual([early, same, late]);
      }),
    );
  });
});

describe('the place of a call', () => {
  it('is taken by who wants it last, and brought there by who did so first', () => {
    const [first, second] = [press('case.create', 10), press('case.create', 20)];
    expect(place(first, second)).toEqual({ chosen: 'created', caseId: null, bringer: first, taker: second });
    const [attached, again] = [
      press('case.attach', 30, { caseId: one.id }),
      press('case.attach', 40, { caseId: one.id }),
    ];
    expect(place(first, attached, again)).toEqual({
      chosen: 'attached',
      caseId: one.id,
      bringer: attached,
      taker: null,
    });
  });

  it('is in no case once an agent took it off, and stays where it is when it is taken off another one', () => {
    const attached = press('case.attach', 10, { caseId: one.id });
    expect(place(attached, press('case.detach', 20, { caseId: one.id })).chosen).toBe('detached');
    expect(place(press('case.detach', 20, { caseId: one.id })).chosen).toBe('detached');
    expect(place(attached, press('case.detach', 20, { caseId: other.id }))).toMatchObject({ chosen: 'attached' });
    expect(place(press('case.detach', 20, { caseId: one.id }), press('note.save', 30)).chosen).toBe('detached');
  });

  it('is left alone by a case that nobody knows, and by everything that is only said', () => {
    expect(place(press('case.attach', 10, { caseId: '0199a3c2-0000-7000-8000-000000000000' })).chosen).toBe('rules');
    expect(place(press('disposition.set', 10), press('wrapup.start', 20)).chosen).toBe('rules');
  });
});
