import type { CaseState, Changed } from '#libs/case-domain';
import type { ThrowAwayRow } from '#libs/case-store';

/**
 * Contacts that stood for somebody who hid (R7), of cases for which somebody else was chosen since: from then on they mean
 * whom the case is for, also when that changes once more. Each case once, with whom it is for at the end.
 */
export function throwAwaysOf(loaded: ReadonlyMap<string, CaseState>, cases: readonly Changed[]): ThrowAwayRow[] {
  const hidden = new Map<string, string>();
  const before = new Map<string, CaseState>();
  const after = new Map<string, CaseState>();
  for (const { state } of cases) {
    const earlier = after.get(state.id) ?? loaded.get(state.id) ?? state;
    before.set(state.id, before.get(state.id) ?? earlier);
    after.set(state.id, state);
    [earlier, state].filter(isForNobody).forEach(({ id, requester }) => hidden.set(id, hidden.get(id) ?? requester.id));
  }
  return [...after.values()].flatMap((state): ThrowAwayRow[] => {
    const was = before.get(state.id) ?? state;
    const contactId = hidden.get(state.id) ?? null;
    const isChanged =
      was.requester.id !== state.requester.id || (contactId !== null && contactId !== state.requester.id);
    const intoId = state.requester.kind === 'contact' ? state.requester.id : null;
    return isChanged ? [{ caseId: state.id, contactId, intoId }] : [];
  });
}

function isForNobody({ requester, requesterMatch }: CaseState): boolean {
  return requester.kind === 'contact' && requesterMatch.confidence === 'anonymous';
}
