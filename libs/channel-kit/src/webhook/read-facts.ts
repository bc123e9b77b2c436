import { lineAddress, type CallFact, type VoicemailFact } from '#libs/interaction';
import type { EventRead, EventsRead } from '#libs/telephony';
import type { SecretRemover } from '../deliveries/without-secrets.js';
import { keepSounds, type KeptSounds } from '../recordings/keep-sounds.js';
import { toldFact, type ToldFact } from './publish-facts.js';
import { awaitedBy } from './sent-sounds/sent-sound.js';
import type { ArrivalOfRequest, EventFacts, FactsRead, TelephonyConnection } from './webhook-connection.js';

type Fact = CallFact | VoicemailFact;

/** What of a connection reading looks at. */
export type CallReading = Pick<
  TelephonyConnection,
  'name' | 'provider' | 'country' | 'countries' | 'numberFormat' | 'recordings' | 'transcripts'
>;

/**
 * Reads a verified body as the settings of its connection say: numbers with the country of the line, no texts where they are
 * not wanted, no sound where none is kept. The same body has the same facts with the same ids, whenever it is read.
 * A secret of ours that its sender has written somewhere is in nothing that comes of it but the addresses of sounds.
 */
export function readFacts(
  said: Readonly<Record<string, unknown>>,
  connection: CallReading,
  arrival: ArrivalOfRequest,
  secrets: SecretRemover,
): FactsRead {
  const { name, country, numberFormat, provider } = connection;
  // Before anything is cut or put into another spelling.
  const plain = secrets.fromValue(said, provider.secrets);
  const { accountId, receivedAt, path } = arrival;
  const requestId = arrival.requestId === null ? null : secrets.fromText(arrival.requestId);
  const readAs = (as: string | null): EventsRead =>
    provider.read(plain, { accountId, connection: name, receivedAt, country: as, numberFormat, path, requestId });
  const read = readAs(country);
  const own = read.ok ? countryOfLine(read.events, connection) : null;
  const again = own === null ? read : readAs(own);
  return again.ok ? { ok: true, events: again.events.map((event) => eventFacts(event, connection, secrets)) } : again;
}

/** The country of the first line that has one of its own; null where all are read as the connection says. */
function countryOfLine(events: readonly EventRead[], { countries }: CallReading): string | null {
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

function eventFacts(event: EventRead, connection: CallReading, secrets: SecretRemover): EventFacts {
  const { eventId: id, ignored, sounds } = event;
  const { kept, told } = withoutSecrets(event, connection, secrets);
  const awaited = factsOf(kept).flatMap((fact) => awaitedBy(fact) ?? []);
  return {
    id,
    told,
    recordings: kept.recordings,
    awaited: awaited.filter(({ recordingId }) => !sounds.some((sound) => sound.recordingId === recordingId)),
    interactionId: told[0]?.interactionId ?? null,
    ignored:
      ignored === null ? null : [ignored.reason, ...(ignored.detail === null ? [] : [ignored.detail])].join(': '),
  };
}

/**
 * Every fact is searched, whatever the body was found to hold: what is said freely may have members that are called as those of an
 * address are, and what is read of numbers and escapes stood in no text of it. The text in which a fact is told is searched at
 * once; only one that may hold a secret is gone through value by value, and told anew.
 */
function withoutSecrets(
  event: EventRead,
  connection: CallReading,
  secrets: SecretRemover,
): { readonly kept: KeptSounds; readonly told: readonly ToldFact[] } {
  const asRead = keepSounds(event, connection);
  const told = factsOf(asRead).map(toldFact);
  if (told.every(({ json }) => secrets.isFree(json))) {
    return { kept: asRead, told };
  }
  const [calls, voicemails] = [secrets.fromValue(event.calls), secrets.fromValue(event.voicemails)];
  const kept = keepSounds({ sounds: event.sounds, calls, voicemails }, connection);
  return { kept, told: factsOf(kept).map(toldFact) };
}

function factsOf({ calls, voicemails }: Pick<EventRead, 'calls' | 'voicemails'>): readonly Fact[] {
  return [...calls, ...voicemails];
}
