import type { Interaction } from '#libs/interaction';
import type { ThreadMove } from '../decision/effects.js';
import type { Snapshot, ThreadTarget } from '../decision/snapshot.js';
import { threadKeyOf } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';

/**
 * Where the names of an interaction lead when a person moves it, so that later replies follow it (ADR 23):
 * 1. those that it bears, unless an earlier message bears the same one; off its case they lead nowhere
 * 2. those of messages that it and nobody else of its case waits for
 * `shared`: names that others of the case refer to, too, by `threadKeyOf`.
 */
export function threadMoves(
  { id, threadKeys, references }: Interaction,
  {
    from,
    to,
    shared,
  }: { readonly from: string | null; readonly to: string | null; readonly shared: ReadonlySet<string> },
  snapshot: Snapshot,
): ThreadMove[] {
  const own = new Set(threadKeys.map(({ kind, value }) => threadKeyOf(kind, value)));
  const bears = to === null ? null : { caseId: to, interactionId: id };
  const borne = threadKeys.flatMap(({ kind, value }) => {
    const target = snapshot.threads.get(threadKeyOf(kind, value)) ?? null;
    const isFree = target === null || target.interactionId === null;
    return target?.interactionId === id || (isFree && bears !== null) ? moved(kind, value, target, bears) : [];
  });
  const waits = to === null ? null : { caseId: to, interactionId: null };
  const awaited = references.flatMap(({ kind, value }) => {
    const key = threadKeyOf(kind, value);
    const target = snapshot.threads.get(key);
    const isWaitedFor = target?.interactionId === null && leadsTo(target, from, snapshot);
    return isWaitedFor && !own.has(key) && !shared.has(key) ? moved(kind, value, target, waits) : [];
  });
  return [...new Map([...borne, ...awaited].map((one) => [threadKeyOf(one.kind, one.value), one])).values()];
}

function leadsTo({ caseId }: ThreadTarget, from: string | null, snapshot: Snapshot): boolean {
  return from !== null && (caseId === from || survivorOf(caseId, snapshot)?.id === from);
}

function moved(kind: string, value: string, from: ThreadTarget | null, to: ThreadTarget | null): ThreadMove[] {
  const stays = from?.caseId === to?.caseId && from?.interactionId === to?.interactionId;
  return stays ? [] : [{ kind, value, from, to }];
}
