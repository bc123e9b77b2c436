import type { NumberFormat, Provider } from '#libs/telephony';
import type { BodyProblem, Connection, Sender } from '#libs/webhook';
import type { SecretRemover } from '../deliveries/without-secrets.js';
import type { AnnouncedRecording } from '../recordings/recording-job.js';
import type { ToldFact } from './publish-facts.js';
import type { AwaitedSound } from './sent-sounds/sent-sound.js';

/** What is known of a request that was verified, besides what it says. */
export interface ArrivalOfRequest {
  readonly accountId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  /** Which of a connection's addresses was called. */
  readonly path: 'calls' | 'voicemails' | null;
  /** The sender's own name of the request, such as `webhook-id`. */
  readonly requestId: string | null;
}

/** What a request amounts to. */
export type FactsRead =
  | { readonly ok: true; readonly events: readonly EventFacts[] }
  | { readonly ok: false; readonly problems: readonly BodyProblem[] };

export interface EventFacts {
  /** The provider's name of the event. */
  readonly id: string;
  readonly told: readonly ToldFact[];
  /** Sounds that are to be fetched. */
  readonly recordings: readonly AnnouncedRecording[];
  /** Recordings whose sound comes by itself, if its system sends such. */
  readonly awaited: readonly AwaitedSound[];
  /** The first interaction that it is about. */
  readonly interactionId: string | null;
  /** `reason: detail` where nothing comes of it, or not all that it says. */
  readonly ignored: string | null;
}

/** One entry of the configuration that requests come to, whatever they tell. */
export interface WebhookConnection {
  /** `provider/key`; below `/webhooks/` it is the address. */
  readonly name: string;
  readonly provider: Sender;
  /** What the sender's own functions are given. */
  readonly connection: Connection;
  readonly allowedNetworks: readonly string[];
  /** Null where it sends no sounds. */
  readonly sounds: { readonly maxMegabytes: number; readonly areKept: boolean } | null;
  /** What a verified body amounts to, without our own secrets; the same whenever it is read. Never throws. */
  read(plain: Readonly<Record<string, unknown>>, arrival: ArrivalOfRequest, secrets: SecretRemover): FactsRead;
}

/** One entry of `telephony:`, ready to take webhooks. */
export interface TelephonyConnection extends WebhookConnection {
  readonly provider: Provider;
  readonly country: string | null;
  /** Countries of lines that differ from the connection's, by the line's address. */
  readonly countries: ReadonlyMap<string, string>;
  readonly numberFormat: NumberFormat;
  readonly recordings: 'store' | 'none';
  readonly transcripts: 'provider' | 'own' | 'none';
  readonly maxRecordingMegabytes: number;
}
