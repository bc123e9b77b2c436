import type { Party } from '#libs/interaction';
import type { PersonReference, RequesterMatch } from '../case/case-state.js';
import type { NewContact } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import { type Bearers, bearersOf, matchOf } from '../people/identified.js';
import { contactOf, lineOf } from '../people/requester.js';
import type { RequesterWish } from './case-wish.js';
import type { Circumstances } from './circumstances.js';
import { agentCalled, contactCalled } from './names.js';

/** Whom a case is for, because somebody said so. */
export interface RequesterChoice {
  readonly requester: PersonReference;
  readonly match: RequesterMatch;
  /** To be made when nobody bears the name yet. */
  readonly contact: NewContact | null;
  /** What was said of the person, as a case keeps it. */
  readonly supplied: { readonly name: string | null; readonly email: string | null; readonly phone: string | null };
}

const NOTHING_SUPPLIED = { name: null, email: null, phone: null };

/** Rules R0, R1 and R3 to R6 of domain.md §8, for a person whom somebody chose. */
export function chosenRequester(wish: RequesterWish, circumstances: Circumstances): RequesterChoice | undefined {
  switch (wish.form) {
    case 'contact': {
      const id = contactCalled(wish.contact, circumstances.snapshot);
      return id === null
        ? unknown(circumstances, '/requester/contact_id')
        : chosen({ kind: 'contact', id }, { method: 'R0', confidence: 'exact', candidates: [] });
    }
    case 'agent': {
      const agent = agentCalled(wish.agent, circumstances.snapshot);
      return agent?.active === true
        ? chosen({ kind: 'agent', id: agent.id }, { method: 'R0', confidence: 'exact', candidates: [] })
        : void circumstances.findings.fault(
            '/requester/agent_id',
            agent === null ? 'unknown-agent' : 'agent-inactive',
            'The account has no such active agent.',
          );
    }
    case 'external': {
      const value = `${wish.integration}:${wish.externalId}`;
      const id = contactCalled({ by: 'external', value }, circumstances.snapshot);
      return id === null
        ? unknown(circumstances, '/requester/external_id')
        : chosen({ kind: 'contact', id }, { method: 'R1', confidence: 'exact', candidates: [] });
    }
    default:
      return bearerOf(wish, circumstances);
  }
}

/** Whoever asked for the case, when nobody else was named. */
export function requesterOfAgent(agentId: string): RequesterChoice {
  return chosen({ kind: 'agent', id: agentId }, { method: 'R8', confidence: 'exact', candidates: [] });
}

function bearerOf(
  { form: kind, value, name }: Extract<RequesterWish, { form: 'email' | 'phone' }>,
  { snapshot, moment }: Circumstances,
): RequesterChoice {
  const supplied = { ...NOTHING_SUPPLIED, name, [kind]: value };
  const agent = kind === 'email' ? snapshot.agents.get(`email:${value}`) : undefined;
  if (agent?.active === true) {
    const match: RequesterMatch = { method: 'R2', confidence: 'exact', candidates: [] };
    return { requester: { kind: 'agent', id: agent.id }, match, contact: null, supplied };
  }
  const party: Party = { kind, value, name };
  const bearers = bearersOf(party, snapshot);
  const [only, ...others] = bearers.holders;
  if (only === undefined) {
    const contact = contactOf(party, 'open', moment);
    return { requester: { kind: 'contact', id: contact.id }, match: matchOf('R6', 'weak'), contact, supplied };
  }
  if (others.length > 0 || bearers.identity?.shared === true) {
    return { ...oneOfSeveral(party, bearers, moment), supplied };
  }
  const isVerified = bearers.identity?.verified === true;
  const match = bearers.isVariant
    ? matchOf('phone_variant', 'weak')
    : isVerified
      ? matchOf('R3', 'verified')
      : matchOf('R4', 'weak');
  return { requester: { kind: 'contact', id: only }, match, contact: null, supplied };
}

/** R5: several people use it, and nothing says which of them it is: a number is for its line, until somebody chooses. */
function oneOfSeveral(party: Party, { identity, holders }: Bearers, moment: Moment) {
  const candidates = [...holders].sort();
  const match: RequesterMatch = { method: 'R5', confidence: 'ambiguous', candidates };
  return party.kind === 'phone'
    ? { ...lineOf(party, identity, moment), match }
    : { requester: { kind: 'contact', id: candidates[0] ?? '' } as const, match, contact: null };
}

function chosen(requester: PersonReference, match: RequesterMatch): RequesterChoice {
  return { requester, match, contact: null, supplied: NOTHING_SUPPLIED };
}

function unknown({ findings }: Circumstances, pointer: string): undefined {
  findings.fault(pointer, 'unknown-contact', 'The account has no such contact.');
}
