import type { Interaction, Party } from '#libs/interaction';
import type { PersonReference, RequesterMatch, SubmitterReference } from '../case/case-state.js';
import type { NewContact } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { callingAgent } from './answering-agent.js';
import { isForward } from './forward.js';
import { bearersOf, type Bearers, contactNamedBy, identify, matchOf } from './identified.js';
import { inOrder } from './live-holder.js';
import { agentOf, proofOf, speakerOf, type Proof } from './people.js';
import type { Agent, KnownIdentity, Snapshot } from '../decision/snapshot.js';

/** Who a new case is for, who brought it, and why. */
export interface RequesterResolution {
  readonly requester: PersonReference;
  readonly submitter: SubmitterReference;
  readonly match: RequesterMatch;
  /** The contact to create when nobody bears the identity yet. */
  readonly contact: NewContact | null;
  /** The identity that was resolved, as it was claimed. */
  readonly party: Party;
}

/** What resolving somebody looks at. */
interface Asking {
  readonly interaction: Interaction;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
}

type Found = Pick<RequesterResolution, 'requester' | 'match' | 'contact'>;

/**
 * Resolves the requester (domain.md §8), first hit wins:
 * 1. R1, the contact whom a CRM names;
 * 2. R2, a sender who is an active agent; with an author whom she may forward (`asHeard`) the author is resolved and
 *    the agent submits;
 * 3. R7, an anonymous sender: a contact of this interaction alone;
 * 4. R3 to R5b, somebody who is known (`identify`);
 * 5. R5, who stands for a line that several share; R6, a new contact.
 * The requester of a call of ours is whom we called. R0 and R8 are for commands (`chosenRequester`), R5a for the call bar.
 */
export function resolveRequester(interaction: Interaction, snapshot: Snapshot, moment: Moment): RequesterResolution {
  if (interaction.direction === 'outbound') {
    return whomWeCalled(interaction, snapshot, moment);
  }
  const speaker = speakerOf(interaction);
  const agent = contactNamedBy(interaction, snapshot) === null ? agentOf(speaker, snapshot) : null;
  if (agent !== null) {
    return broughtByAgent(interaction, agent, speaker, snapshot, moment);
  }
  const found = resolveParty(speaker, proofOf(interaction), { interaction, snapshot, moment });
  return { ...found, submitter: found.requester, party: speaker };
}

/** A call of ours is for whom we called, and submitted by the agent who called; by nobody where that is not known. */
function whomWeCalled(interaction: Interaction, snapshot: Snapshot, moment: Moment): RequesterResolution {
  const [called] = interaction.recipients;
  const party: Party = called ?? { kind: 'anonymous', value: interaction.id };
  const submitter = submitterOfCall(interaction, snapshot);
  return { ...resolveParty(party, proofOf(interaction), { interaction, snapshot, moment }), submitter, party };
}

/** The agent who made a call of ours; we ourselves where that is not known. */
export function submitterOfCall(interaction: Interaction, snapshot: Snapshot): SubmitterReference {
  const caller = callingAgent(interaction, snapshot);
  return caller === null ? { kind: 'system', id: interaction.accountId } : { kind: 'agent', id: caller.id };
}

function broughtByAgent(
  interaction: Interaction,
  agent: Agent,
  speaker: Party,
  snapshot: Snapshot,
  moment: Moment,
): RequesterResolution {
  const submitter = { kind: 'agent', id: agent.id } as const;
  const forwarded = interaction.forwarded;
  if (!isForward(forwarded)) {
    const confidence = proofOf(interaction) === 'doubted' ? 'weak' : 'exact';
    return { requester: submitter, submitter, match: matchOf('R2', confidence), contact: null, party: speaker };
  }
  // The proof was about the agent's mail; the agent vouches for the author as far as the forward could be read.
  const proof = forwarded.confidence === 'exact' ? 'open' : 'doubted';
  return {
    ...resolveParty(forwarded.author, proof, { interaction, snapshot, moment }),
    submitter,
    party: forwarded.author,
  };
}

function resolveParty(party: Party, proof: Proof, { interaction, snapshot, moment }: Asking): Found {
  const identified = identify(party, proof, interaction, snapshot);
  if (identified !== null) {
    return { ...identified, contact: null };
  }
  if (party.kind === 'anonymous') {
    return anonymousContact(party, moment);
  }
  const bearers = bearersOf(party, snapshot);
  return bearers.holders.length === 0
    ? newContact(party, proof, moment)
    : sharedLine(party, bearers, { interaction, snapshot, moment });
}

/** R5: several people use it and nothing says which of them it is; never guess. It is for the line until somebody chooses. */
function sharedLine(party: Party, { identity, holders }: Bearers, { interaction, snapshot, moment }: Asking): Found {
  const candidates = party.kind === 'phone' ? inOrder(holders, interaction, snapshot) : [...holders].sort();
  const match: RequesterMatch = { method: 'R5', confidence: 'ambiguous', candidates };
  if (party.kind !== 'phone') {
    return { requester: { kind: 'contact', id: candidates[0] ?? '' }, match, contact: null };
  }
  return { ...lineOf(party, identity, moment), match };
}

/** Who stands for a line behind which several people are: one contact for each number. */
export function lineOf(
  party: Party,
  known: KnownIdentity | null,
  moment: Moment,
): Pick<RequesterResolution, 'requester' | 'contact'> {
  const lineContactId = known?.lineContactId ?? null;
  if (lineContactId !== null) {
    return { requester: { kind: 'contact', id: lineContactId }, contact: null };
  }
  const contact = { ...contactOf(party, 'open', moment), kind: 'shared_line' } as const;
  return { requester: { kind: 'contact', id: contact.id }, contact };
}

function newContact(party: Party, proof: Proof, moment: Moment): Found {
  const contact = contactOf(party, proof, moment);
  return { requester: { kind: 'contact', id: contact.id }, match: matchOf('R6', 'weak'), contact };
}

export function contactOf(party: Party, proof: Proof, moment: Moment): NewContact {
  return {
    id: moment.newId(),
    kind: 'person',
    name: party.name ? party.name : party.value,
    identity: { kind: party.kind, value: party.value, raw: party.raw ?? party.value },
    verified: proof === 'proven',
  };
}

/** One throw-away contact for each interaction: nothing is ever concluded from it. */
function anonymousContact(party: Party, moment: Moment): Found {
  const id = moment.newId();
  const name = party.name ?? null;
  const contact: NewContact = { id, kind: 'anonymous', name, identity: null, verified: false };
  return { requester: { kind: 'contact', id }, match: matchOf('R7', 'anonymous'), contact };
}
