import {
  factId,
  type CallFact,
  type CallFactKind,
  type FactOrigin,
  type VoicemailFact,
  type VoicemailFactKind,
} from '#libs/interaction';
import { told } from '#libs/webhook';

/** How a telephone system writes numbers: E.164, international without plus, as inside the country, or any of these. */
export const NUMBER_FORMATS = ['e164', 'digits', 'national', 'mixed'] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

/** What is known of a request besides its body. */
export interface Arrival {
  readonly accountId: string;
  /** `provider/key`. */
  readonly connection: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  /** ISO 3166 code of the line's country. */
  readonly country: string | null;
  readonly numberFormat: NumberFormat;
  /** `voicemails` where the provider was given the address that ends so: what is recorded there is a message. */
  readonly path: 'calls' | 'voicemails' | null;
  /** The sender's own name of the request, such as `webhook-id`: the event's where that has none. */
  readonly requestId: string | null;
}

/** One event of a provider. */
export interface EventOrigin {
  readonly eventId: string;
  /** ISO 8601, UTC, milliseconds; null: the time of receipt. */
  readonly at: string | null;
  /** SHA-256 of the redacted event, hex. */
  readonly contentSha256: string;
  readonly sequence?: number | null;
}

type CallRest = Omit<CallFact, 'schema' | 'channel' | 'id' | 'accountId' | 'origin' | 'kind'>;
type VoicemailRest = Omit<VoicemailFact, 'schema' | 'channel' | 'id' | 'accountId' | 'origin' | 'kind'>;

/** A fact about a call, with its id. `part` tells the facts of one event apart. */
export function callFact(arrival: Arrival, event: EventOrigin, kind: CallFactKind, rest: CallRest, part = 0): CallFact {
  const origin = originOf(arrival, event, part);
  const id = factId(arrival.accountId, 'call', origin);
  return told({ schema: 1, channel: 'call', id, accountId: arrival.accountId, origin, kind, ...rest });
}

/** A fact about a voicemail, with its id. */
export function voicemailFact(
  arrival: Arrival,
  event: EventOrigin,
  kind: VoicemailFactKind,
  rest: VoicemailRest,
  part = 0,
): VoicemailFact {
  const origin = originOf(arrival, event, part);
  const id = factId(arrival.accountId, 'voicemail', origin);
  return told({ schema: 1, channel: 'voicemail', id, accountId: arrival.accountId, origin, kind, ...rest });
}

function originOf({ connection, receivedAt }: Arrival, event: EventOrigin, part: number): FactOrigin {
  const { eventId, at, contentSha256, sequence } = event;
  // eslint-disable-next-line no-control-regex
  const name = eventId.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 500);
  return told({ connection, eventId: name, part, contentSha256, at: at ?? receivedAt, sequence, receivedAt });
}
