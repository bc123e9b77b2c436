import type { Interaction, ReferenceKind } from '#libs/interaction';
import type { ThreadClaim } from '../decision/effects.js';
import { threadKeyOf, type Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';

/** Names that one interaction may reserve for messages that have not arrived. */
const MOST_AWAITED = 20;

/**
 * The thread keys that an interaction takes for its case: the names it bears, and as awaited (interaction null) the
 * names it refers to and that nobody knows yet, so that a reply that comes before its root leads the root here.
 * A name that already leads to another case stays there (I-13).
 */
export function threadClaims(interaction: Interaction, caseId: string, snapshot: Snapshot): ThreadClaim[] {
  return [...ownClaims(interaction, caseId, snapshot), ...awaitedClaims(interaction, caseId, snapshot)];
}

function ownClaims(interaction: Interaction, caseId: string, snapshot: Snapshot): ThreadClaim[] {
  return interaction.threadKeys.flatMap(({ kind, value }) => {
    const known = snapshot.threads.get(threadKeyOf(kind, value));
    if (known === undefined) {
      return [{ kind, value, caseId, interactionId: interaction.id }];
    }
    const awaitedHere = known.interactionId === null && survivorOf(known.caseId, snapshot)?.id === caseId;
    return awaitedHere ? [{ kind, value, caseId: known.caseId, interactionId: interaction.id }] : [];
  });
}

function awaitedClaims(interaction: Interaction, caseId: string, snapshot: Snapshot): ThreadClaim[] {
  const own = new Set(interaction.threadKeys.map((key) => threadKeyOf(key.kind, key.value)));
  const unknown = new Map<string, ThreadClaim>();
  for (const { kind, value } of interaction.references) {
    const key = threadKeyOf(kind, value);
    if (!isReserved(kind) && !own.has(key) && !snapshot.threads.has(key)) {
      unknown.set(key, { kind, value, caseId, interactionId: null });
    }
  }
  return newestAndRoot([...unknown.values()]);
}

/** References run from the newest to the root; the root is what every other reply shares, so it is always kept. */
function newestAndRoot(claims: ThreadClaim[]): ThreadClaim[] {
  return claims.length <= MOST_AWAITED ? claims : [...claims.slice(0, MOST_AWAITED - 1), ...claims.slice(-1)];
}

/** A case bears its id and its number from its birth, a provider names its threads: they are nobody's to reserve. */
function isReserved(kind: ReferenceKind): boolean {
  return kind === 'case' || kind === 'case_number' || kind === 'provider_thread';
}
