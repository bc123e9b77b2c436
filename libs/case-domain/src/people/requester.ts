import type { Interaction, Party } from '#libs/interaction';
import type { PersonReference, RequesterConfidence, RequesterMatch, SubmitterReference } from '../case/case-state.js';
import type { NewContact } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { callingAgent } from './answering-agent.js';
import { isForward } from './forward.js';
import { agentOf, knownIdentity, proofOf, speakerOf, type Proof } from './people.js';
import type { Agent, Snapshot } from '../decision/snapshot.js';

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

type Found = Pick<RequesterResolution, 'requester' | 'match' | 'contact'>;

/**
 * Resolves the requester (domain.md §8), first hit wins:
 * 1. R2, a sender who is an active agent; with an author whom she may forward (`asHeard`) the author is resolved and
 *    the agent submits;
 * 2. R7, an anonymous sender: a contact of this interaction alone;
 * 3. R1 to R4, a known identity that one contact holds;
 * 4. R6, a new contact.
 * The requester of a call of ours is whom we called.
 * R0 (chosen by a person) enters with the interface that can choose.
 */
export function resolveRequester(interaction: Interaction, snapshot: Snapshot, moment: Moment): RequesterResolution {
  if (interaction.direction === 'outbound') {
    return whomWeCalled(interaction, snapshot, moment);
  }
  const speaker = speakerOf(interaction);
  const agent = agentOf(speaker, snapshot);
  if (agent !== null) {
    return broughtByAgent(interaction, agent, speaker, snapshot, moment);
  }
  const found = resolveParty(speaker, proofOf(interaction), snapshot, moment);
  return { ...found, submitter: found.requester, party: speaker };
}

/** A call of ours is for whom we called, and submitted by the agent who called; by nobody where that is not known. */
function whomWeCalled(interaction: Interaction, snapshot: Snapshot, moment: Moment): RequesterResolution {
  const [called] = interaction.recipients;
  const party: Party = called ?? { kind: 'anonymous', value: interaction.id };
  const caller = callingAgent(interaction, snapshot);
  const submitter: SubmitterReference =
    caller === null ? { kind: 'system', id: interaction.accountId } : { kind: 'agent', id: caller.id };
  return { ...resolveParty(party, proofOf(interaction), snapshot, moment), submitter, party };
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
  return { ...resolveParty(forwarded.author, proof, snapshot, moment), submitter, party: forwarded.author };
}

function resolveParty(party: Party, proof: Proof, snapshot: Snapshot, moment: Moment): Found {
  const agent = agentOf(party, snapshot);
  if (agent !== null) {
    return { requester: { kind: 'agent', id: agent.id }, match: matchOf('R2', 'exact'), contact: null };
  }
  if (party.kind === 'anonymous') {
    return anonymousContact(party, moment);
  }
  const identity = knownIdentity(party, snapshot);
  if (identity === null) {
    return newContact(party, proof, moment);
  }
  const requester = { kind: 'contact', id: identity.contactId } as const;
  if (identity.shared) {
    // R5: several people use it and nothing says which of them; never guess.
    const match: RequesterMatch = { method: 'R5', confidence: 'ambiguous', candidates: [identity.contactId] };
    return { requester, match, contact: null };
  }
  if (party.kind === 'external') {
    return { requester, match: matchOf('R1', 'exact'), contact: null };
  }
  const verified = proof === 'proven' || (proof === 'open' && identity.verified);
  const match = verified ? matchOf('R3', 'verified') : matchOf('R4', 'weak');
  return { requester, match, contact: null };
}

function newContact(party: Party, proof: Proof, moment: Moment): Found {
  const contact: NewContact = {
    id: moment.newId(),
    kind: 'person',
    name: party.name ? party.name : party.value,
    identity: { kind: party.kind, value: party.value, raw: party.value },
    verified: proof === 'proven',
  };
  return { requester: { kind: 'contact', id: contact.id }, match: matchOf('R6', 'weak'), contact };
}

/** One throw-away contact for each interaction: nothing is ever concluded from it. */
function anonymousContact(party: Party, moment: Moment): Found {
  const id = moment.newId();
  const name = party.name ?? null;
  const contact: NewContact = { id, kind: 'anonymous', name, identity: null, verified: false };
  return { requester: { kind: 'contact', id }, match: matchOf('R7', 'anonymous'), contact };
}

function matchOf(method: RequesterMatch['method'], confidence: RequesterConfidence): RequesterMatch {
  return { method, confidence, candidates: [] };
}
