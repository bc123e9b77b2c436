/**
 * `verified`: its sender was proven, and its facts are durable. `refused`: nothing proved the sender. `malformed`: it cannot
 * be read. `overload`: it was to be taken, and the log could not; the sender was told to come back.
 */
export const DELIVERY_VERDICTS = ['verified', 'refused', 'malformed', 'overload'] as const;
export type DeliveryVerdict = (typeof DELIVERY_VERDICTS)[number];

/** One request to a connection, and what it was answered with. */
export interface Delivery {
  /** UUIDv7, made at its receipt. */
  readonly id: string;
  /** By our clock, milliseconds since 1970. */
  readonly receivedAt: number;
  /** `provider/key`. */
  readonly connection: string;
  /** Without its secret segment and its query. */
  readonly path: string;
  readonly contentType: string | null;
  /** Length of the body. */
  readonly bytes: number;
  readonly verdict: DeliveryVerdict;
  /** A slug, or `slug: what it is about`, such as `unknown-type: call.parked`; null where there is nothing to say. */
  readonly reason: string | null;
  /** The address that the signature was computed over; null where none is signed. */
  readonly signedAddress: string | null;
  /** The provider's. */
  readonly eventIds: readonly string[];
  /** What it amounts to; kept where the sender was proven, so that it can be published again. */
  readonly facts: readonly DeliveredFact[];
  readonly milliseconds: number;
  /** HTTP status. */
  readonly answer: number;
  /**
   * What it says: as an object without its secrets, where the sender was proven; else its bytes, of which no more than
   * the first 256 are kept.
   */
  readonly body: Readonly<Record<string, unknown>> | Buffer | null;
}

/** A fact, or the whole of an interaction, as its topic holds it. */
export interface DeliveredFact {
  /** The interaction that it is about; null of a fact about a contact, which is about none. */
  readonly interactionId: string | null;
  readonly json: string;
}

/** Where requests are noted. */
export interface DeliveryLog {
  /**
   * Beside the answer, never before it: returns at once and never throws. What cannot be kept is counted, and of a request
   * that was not taken nothing is asked for then.
   */
  note(request: Pick<Delivery, 'connection' | 'verdict'>, delivery: () => Delivery): void;
}
