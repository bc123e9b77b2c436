import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aClosedCase,
  aLinking,
  aMoment,
  ANA,
  anUnlinking,
  aResolvedCase,
  byId,
  effectsOfCommand,
  faultsOf,
  onBehalfOf,
  refusalOf,
  teamSnapshot,
} from '#libs/testing';
import { advance, type CaseCommand, caseEventId, type CaseState, decideCommand, type KnownLink } from '../index.js';

const TRASHED = { deletedAt: '2026-03-01T12:00:00.000Z' } as const;
const LINK_ID = '0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11';
const tie = (from: CaseState, to: CaseState, kind: KnownLink['kind'] = 'related'): KnownLink => {
  return { id: LINK_ID, fromCaseId: from.id, toCaseId: to.id, kind };
};
const untying = (one: CaseState, other: CaseState, overrides: Parameters<typeof anUnlinking>[2] = {}) =>
  anUnlinking(one.id, { id: LINK_ID, ends: [other.id, one.id] }, overrides);

describe('two cases that somebody relates', () => {
  it('say so both, the second one because of the first, and who made the link', () => {
    const [one, other] = [aCase(), aResolvedCase()];
    const { cases, links } = effectsOfCommand(aLinking(one.id, other.id, { asker: onBehalfOf(ANA) }), {
      cases: [one, other],
    });
    const [link] = links;
    expect(links).toEqual([
      {
        id: expect.any(String),
        fromCaseId: one.id,
        toCaseId: other.id,
        kind: 'related',
        createdBy: { actor: cases[0]?.change.actor, onBehalfOf: ANA.id },
      },
    ]);
    const details = { link_id: link?.id, kind: 'related' };
    expect(cases).toMatchObject([
      {
        state: { ...one, version: one.version + 1, updatedAt: aMoment().now },
        change: { kind: 'link_added', details: { ...details, case_id: other.id } },
      },
      {
        state: { ...other, version: other.version + 1, updatedAt: aMoment().now },
        change: {
          kind: 'link_added',
          details: { ...details, case_id: one.id },
          causeEventId: caseEventId(one.id, one.version + 1),
        },
      },
    ]);
  });

  it.each([
    ['the same way', false],
    ['the other way', true],
  ])('are related once, also when it is said %s', (_, isTurned) => {
    const [one, other] = [aCase(), aCase()];
    const snapshot = teamSnapshot({ cases: [one, other] });
    const first = decideCommand(aLinking(one.id, other.id), snapshot, aMoment());
    if ('code' in first) {
      throw new Error(first.code);
    }
    advance(snapshot, first.effects);
    const again = isTurned ? aLinking(other.id, one.id) : aLinking(one.id, other.id);
    expect(decideCommand(again, snapshot, aMoment())).toMatchObject({
      verdict: { outcome: 'unchanged', linkId: first.verdict.linkId },
    });
  });

  it('may be tied in another way besides', () => {
    const [one, other] = [aCase(), aCase()];
    const parts = { cases: [one, other], links: [tie(one, other, 'follow_up')] };
    expect(effectsOfCommand(aLinking(other.id, one.id), parts).links).toHaveLength(1);
  });

  it.each<[string, CaseState, CaseState, string]>([
    ['the one is closed', aClosedCase(), aCase(), 'case-closed'],
    ['the other one is closed', aCase(), aClosedCase(), 'case-closed'],
    ['the one is in the trash', aCase(TRASHED), aCase(), 'case-deleted'],
    ['the other one is in the trash', aCase(), aCase(TRASHED), 'case-deleted'],
  ])('stay as they are while %s', (_, one, other, code) => {
    const cases = [one, other];
    expect(refusalOf(aLinking(one.id, other.id), { cases }).code).toBe(code);
    expect(refusalOf(untying(one, other), { cases, links: [tie(one, other)] }).code).toBe(code);
    expect(refusalOf(aLinking(one.id, other.id), { cases, links: [tie(other, one)] }).code).toBe(code);
  });

  it('are two, and the account has both', () => {
    const one = aCase();
    expect(faultsOf(aLinking(one.id, one.id), { cases: [one] })).toEqual(['/case_id target-not-allowed']);
    expect(faultsOf(aLinking(one.id, LINK_ID), { cases: [one] })).toEqual(['/case_id unknown-case']);
    expect(refusalOf(aLinking(LINK_ID, one.id), { cases: [one] }).code).toBe('not-found');
    const stale = aLinking(one.id, one.id, { expected: [one.version + 1] });
    expect(refusalOf(stale, { cases: [one] }).code).toBe('version-mismatch');
  });
});

describe('a link that somebody takes away', () => {
  it('goes from both cases, whichever of them is named', () => {
    const [one, other] = [aCase(), aCase()];
    const parts = { cases: [one, other], links: [tie(one, other)] };
    for (const [named, end] of [[one, other] as const, [other, one] as const]) {
      const { cases, unlinked } = effectsOfCommand(untying(named, end), parts);
      expect(unlinked).toEqual([LINK_ID]);
      expect(cases.map(({ state, change }) => [state.id, change.kind, change.details['case_id']])).toEqual([
        [named.id, 'link_removed', end.id],
        [end.id, 'link_removed', named.id],
      ]);
    }
  });

  it('is one of the case, and related', () => {
    const [one, other, third] = [aCase(), aCase(), aCase()];
    const parts = { cases: [one, other, third], links: [tie(one, other)] };
    const codeOf = (command: CaseCommand) => refusalOf(command, parts).code;
    expect(codeOf(untying(third, one))).toBe('not-found');
    expect(codeOf(anUnlinking(one.id, { id: third.id, ends: [] }, { expected: [99] }))).toBe('not-found');
    expect(codeOf(untying(one, other, { expected: [one.version + 1] }))).toBe('version-mismatch');
    const merged = { ...parts, links: [tie(one, other, 'merged')] };
    expect(faultsOf(untying(one, other), merged)).toEqual([' target-not-allowed']);
    expect(refusalOf(untying(one, other, { target: byId(LINK_ID) }), parts).code).toBe('not-found');
  });
});
