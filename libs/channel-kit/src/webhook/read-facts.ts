import { interactionIdOfFact, lineAddress } from '#libs/interaction';
import type { Arrival, BodyProblem, EventRead, EventsRead } from '#libs/telephony';
import type { WebhookConnection } from './connection/connections.js';
import type { Fact } from './publish-facts.js';
import { awaitedBy, type AwaitedSound } from './sent-sounds/sent-sound.js';
import { keepSounds } from '../recordings/keep-sounds.js';
import type { AnnouncedRecording } from '../recordings/recording-job.js';
import type { SecretRemover } from '../deliveries/without-secrets.js';

/** What is known of a request that was verified, besides what it says. */
export type ArrivalOfRequest = Pick<Arrival, 'accountId' | 'receivedAt' | 'path' | 'requestId'>;

/** What a request amounts to. */
export type FactsRead =
  | { readonly ok: true; readonly events: readonly EventFacts[] }
  | { readonly ok: false; readonly problems: readonly BodyProblem[] };

export interface EventFacts {
  /** The provider's name of the event. */
  readonly id: string;
  readonly facts: readonly Fact[];
  /** Sounds that are to be fetched. */
  readonly recordings: readonly AnnouncedRecording[];
  /** Recordings whose sound comes by itself, if its system sends such. */
  readonly awaited: readonly AwaitedSound[];
  /** The first call or voicemail that it is about. */
  readonly interactionId: string | null;
  /** `reason: detail` where nothing comes of it. */
  readonly ignored: string | null;
}

/**
 * Reads a verified body as the settings of its connection say: numbers with the country of the line, no texts where they are
 * not wanted, no sound where none is kept. The same body has the same facts with the same ids, whenever it is read.
 * A secret of ours that its sender has written somewhere is in nothing that comes of it but the addresses of sounds.
 */
export function readFacts(
  said: Readonly<Record<string, unknown>>,
  connection: WebhookConnection,
  arrival: ArrivalOfRequest,
  secrets: SecretRemover,
): FactsRead {
  const { name, country, numberFormat, provider } = connection;
  // Before anything is cut or put into another spelling.
  const plain = secrets.fromValue(said, provider.secrets);
  const requestId = arrival.requestId === null ? null : secrets.fromText(arrival.requestId);
  const readAs = (as: string | null): EventsRead =>
    provider.read(plain, { ...arrival, requestId, connection: name, country: as, numberFormat });
  const read = readAs(country);
  const own = read.ok ? countryOfLine(read.events, connection) : null;
  const again = own === null ? read : readAs(own);
  return again.ok ? { ok: true, events: again.events.map((event) => eventFacts(event, connection, secrets)) } : again;
}

/** The country of the first line that has one of its own; null where all are read as the connection says. */
function countryOfLine(events: readonly EventRead[], { countries }: WebhookConnection): string | null {
  if (countries.size === 0) {
    return null;
  }
  const own = [...new Set(countries.values())];
  const facts: readonly Fact[] = events.flatMap(({ calls, voicemails }) => [...calls, ...voicemails]);
  for (const { line, to, from } of facts) {
    for (const ours of [line, to?.number, to?.raw, from?.number, from?.raw]) {
      // Read once for each country, and not for each of a thousand lines.
      const read = new Map(ours ? own.map((one) => [one, lineAddress(ours, one)]) : []);
      const found = [...countries].find(([address, one]) => read.get(one) === address);
      if (found !== undefined) {
        return found[1];
      }
    }
  }
  return null;
}

function eventFacts(event: EventRead, connection: WebhookConnection, secrets: SecretRemover): EventFacts {
  const { eventId: id, ignored, sounds } = event;
  // What is said freely may have members that are called as those of an address are.
  const clean = { sounds, calls: secrets.fromValue(event.calls), voicemails: secrets.fromValue(event.voicemails) };
  const { calls, voicemails, recordings } = keepSounds(clean, connection);
  const facts: readonly Fact[] = [...calls, ...voicemails];
  const [first] = facts;
  const awaited = [...voicemails, ...calls].flatMap((fact: Fact) => awaitedBy(fact) ?? []);
  return {
    id,
    facts,
    recordings,
    awaited: awaited.filter(({ recordingId }) => !sounds.some((sound) => sound.recordingId === recordingId)),
    interactionId: first === undefined ? null : interactionIdOfFact(first),
    ignored:
      ignored === null ? null : [ignored.reason, ...(ignored.detail === null ? [] : [ignored.detail])].join(': '),
  };
}
