import type { Interaction } from '#libs/interaction';
import { type CaseState, isLive } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import { endpointOf } from './endpoint.js';

const MINUTE = 60_000;

/** Whether a case was heard of so near to a call, by the times of interactions, that the call may well be about it. */
export function wasHeardNear({ id }: CaseState, { occurredAt }: Interaction, snapshot: Snapshot): boolean {
  const last = snapshot.heard.get(id);
  const distance = last === undefined ? Number.NaN : Math.abs(Date.parse(last) - Date.parse(occurredAt));
  return distance <= snapshot.account.calls.attachWindowMinutes * MINUTE;
}

/** R5b: of several who share a number, the only one with a live case on the line that was called, heard of lately. */
export function holderWithLiveCase(
  holders: readonly string[],
  interaction: Interaction,
  snapshot: Snapshot,
): string | null {
  const found = new Set(casesOnLine(holders, interaction, snapshot).map(({ requester }) => requester.id));
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}

/**
 * Those who share a number, always in one order (domain.md §16): who has a live case on the line that was called, then
 * who was heard of last, then by id.
 */
export function inOrder(holders: readonly string[], interaction: Interaction, snapshot: Snapshot): string[] {
  const endpointId = endpointOf(interaction, snapshot)?.id;
  const here = endpointId === undefined ? [] : liveOn(endpointId, holders, snapshot);
  const onLine = new Set(here.map(({ requester }) => requester.id));
  const heard = new Map<string, string>();
  const hear = (id: string, at: string): void => void heard.set(id, [heard.get(id) ?? '', at].sort().at(-1) ?? at);
  for (const { id, requester } of snapshot.cases.values()) {
    hear(requester.id, snapshot.heard.get(id) ?? '');
  }
  for (const id of holders) {
    const seen = snapshot.seen.get(id);
    hear(id, seen?.at ?? '');
    if (endpointId !== undefined && seen?.liveOn.includes(endpointId) === true) {
      onLine.add(id);
    }
  }
  const rank = (id: string): string => `${onLine.has(id) ? 1 : 0} ${heard.get(id) ?? ''}`;
  return [...holders].sort((one, other) => compare(rank(other), rank(one)) || compare(one, other));
}

function casesOnLine(holders: readonly string[], interaction: Interaction, snapshot: Snapshot): CaseState[] {
  const endpointId = endpointOf(interaction, snapshot)?.id ?? null;
  return liveOn(endpointId, holders, snapshot).filter((state) => wasHeardNear(state, interaction, snapshot));
}

function liveOn(endpointId: string | null, holders: readonly string[], snapshot: Snapshot): CaseState[] {
  return [...snapshot.cases.values()].filter(
    (state) =>
      state.requester.kind === 'contact' &&
      holders.includes(state.requester.id) &&
      state.endpointId === endpointId &&
      isLive(state),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
