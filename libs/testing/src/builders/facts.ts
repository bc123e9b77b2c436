import {
  type CallFact,
  type CallFactKind,
  type CallParty,
  type ContactFact,
  factId,
  type FactOrigin,
  type VoicemailFact,
} from '#libs/interaction';
import { ACCOUNT_ID } from './account.js';

/** The connection that facts of builders come in by, and the line that is called. */
export const CONNECTION = 'generic/pbx';
export const LINE = '+351210000000';
export const CALLER = '+351910000001';

/** `seconds` after 10:15 on 2 March 2026, UTC. */
export function instantAt(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 2, 10, 15) + seconds * 1000).toISOString();
}

type CallOverrides = Partial<Omit<CallFact, 'origin'>> & { readonly origin?: Partial<FactOrigin> };
type VoicemailOverrides = Partial<Omit<VoicemailFact, 'origin'>> & { readonly origin?: Partial<FactOrigin> };

/** A fact about the call `c-77`, so many seconds after a quarter past ten. Its id follows from its origin. */
export function aCallFact(kind: CallFactKind, seconds = 0, overrides: CallOverrides = {}): CallFact {
  const { accountId = ACCOUNT_ID, callId = 'c-77' } = overrides;
  const origin = anOrigin([callId, overrides.legId ?? '', kind, seconds], seconds, overrides.origin);
  const id = factId(accountId, 'call', origin);
  return { schema: 1, channel: 'call', id, accountId, kind, callId, ...overrides, origin };
}

/** A call on the line: it begins, rings at 4 s, is answered at 9 s by the agent with the extension 201, ends at a minute. */
export function aCall(): [started: CallFact, ringing: CallFact, answered: CallFact, ended: CallFact] {
  const agent = { extension: '201' };
  return [
    aCallFact('started', 0, { from: aCallParty(CALLER), to: aCallParty(LINE), queue: 'Support' }),
    aCallFact('ringing', 4, { legId: 'l-1', agent }),
    aCallFact('answered', 9, { legId: 'l-1', agent, answeredBy: 'agent' }),
    aCallFact('ended', 60, { end: { by: 'caller', reason: 'completed' } }),
  ];
}

/** A fact about the voicemail `vm-9`, so many seconds after a quarter past ten. Its id follows from its origin. */
export function aVoicemailFact(
  kind: VoicemailFact['kind'],
  seconds = 0,
  overrides: VoicemailOverrides = {},
): VoicemailFact {
  const { accountId = ACCOUNT_ID, voicemailId = 'vm-9' } = overrides;
  const origin = anOrigin([voicemailId, kind, seconds], seconds, overrides.origin);
  const id = factId(accountId, 'voicemail', origin);
  return { schema: 1, channel: 'voicemail', id, accountId, kind, voicemailId, ...overrides, origin };
}

type ContactOverrides = Partial<Omit<ContactFact, 'origin'>> & { readonly origin?: Partial<FactOrigin> };

/** A fact of the directory `crm` about its contact `crm-100`, so many seconds after a quarter past ten. */
export function aContactFact(
  kind: ContactFact['kind'] = 'upserted',
  seconds = 0,
  overrides: ContactOverrides = {},
): ContactFact {
  const { accountId = ACCOUNT_ID, contact = { integration: 'crm', externalId: 'crm-100' } } = overrides;
  const connection = { connection: 'generic/crm', ...overrides.origin };
  const origin = anOrigin([contact?.externalId ?? '', kind, seconds], seconds, connection);
  const id = factId(accountId, 'contact', origin);
  return { schema: 1, channel: 'contact', id, accountId, kind, contact, ...overrides, origin };
}

/** Somebody whose number is shown. */
export function aCallParty(number: string, name: string | null = null): CallParty {
  return { raw: number, number, name, presentation: 'allowed' };
}

function anOrigin(names: readonly unknown[], seconds: number, overrides: Partial<FactOrigin> = {}): FactOrigin {
  return {
    connection: CONNECTION,
    eventId: names.join(' '),
    part: 0,
    contentSha256: '0'.repeat(64),
    at: instantAt(seconds),
    receivedAt: instantAt(seconds + 1),
    ...overrides,
  };
}
