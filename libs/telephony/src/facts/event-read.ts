import type { CallFact, VoicemailFact } from '#libs/interaction';
import type { BodyProblem } from '#libs/webhook';

/** Where the sound of a recording is fetched. A secret: it goes into no record, log or answer. */
export interface SoundSource {
  readonly recordingId: string;
  readonly address: string;
}

/** Why nothing comes of an event that was read; kept in the delivery log (channels.md I). */
export type Uninteresting = 'unknown-type' | 'test';

/** What one event of a request amounts to. */
export interface EventRead {
  /** The provider's name of it. */
  readonly eventId: string;
  readonly calls: readonly CallFact[];
  readonly voicemails: readonly VoicemailFact[];
  readonly sounds: readonly SoundSource[];
  /** `reason: detail` where nothing comes of it; null otherwise. */
  readonly ignored: { readonly reason: Uninteresting; readonly detail: string | null } | null;
}

/** A request is taken whole or not at all. */
export type EventsRead =
  | { readonly ok: true; readonly events: readonly EventRead[] }
  | { readonly ok: false; readonly problems: readonly BodyProblem[] };

export function ignoredEvent(eventId: string, reason: Uninteresting, detail: string | null = null): EventRead {
  return { eventId, calls: [], voicemails: [], sounds: [], ignored: { reason, detail: detail?.slice(0, 100) ?? null } };
}

export function wrongBody(...problems: readonly BodyProblem[]): EventsRead {
  return { ok: false, problems };
}
