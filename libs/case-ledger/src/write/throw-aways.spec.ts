import { describe, expect, it } from '@jest/globals';
import { aCase } from '#libs/testing';
import type { CaseState, Changed } from '#libs/case-domain';
import { throwAwaysOf } from './throw-aways.js';

const NOBODY = { method: 'R7', confidence: 'anonymous', candidates: [] } as const;
const CHOSEN = { method: 'R0', confidence: 'exact', candidates: [] } as const;
const hidden = aCase({ requester: { kind: 'contact', id: 'nobody' }, requesterMatch: NOBODY });
const forOne = (state: CaseState, id: string, kind: 'contact' | 'agent' = 'contact'): CaseState => ({
  ...state,
  requester: { kind, id },
  requesterMatch: CHOSEN,
});
const changed = (...states: CaseState[]) => states.map((state) => ({ state }) as Changed);
const loaded = (...states: CaseState[]) => new Map(states.map((state) => [state.id, state]));

describe('F28 who stands for somebody who hides', () => {
  it('is whom the case is for once somebody says so, at the end of all that is decided together', () => {
    const states = changed(forOne(hidden, 'maria'), forOne(hidden, 'rui'));
    expect(throwAwaysOf(loaded(hidden), states)).toEqual([{ caseId: hidden.id, contactId: 'nobody', intoId: 'rui' }]);
    expect(throwAwaysOf(new Map(), changed(hidden, forOne(hidden, 'maria')))).toMatchObject([{ intoId: 'maria' }]);
  });

  it('is whom it is for when that changes later, and nobody’s where it is an agent', () => {
    const chosen = forOne(hidden, 'maria');
    expect(throwAwaysOf(loaded(chosen), changed(forOne(hidden, 'rui')))).toEqual([
      { caseId: hidden.id, contactId: null, intoId: 'rui' },
    ]);
    expect(throwAwaysOf(loaded(hidden), changed(forOne(hidden, 'ana', 'agent')))).toMatchObject([{ intoId: null }]);
  });

  it('stays while nothing is said of it', () => {
    expect(throwAwaysOf(loaded(hidden), changed({ ...hidden, subject: 'Other' }))).toEqual([]);
    expect(throwAwaysOf(new Map(), changed(hidden))).toEqual([]);
  });
});
