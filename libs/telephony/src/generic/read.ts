import { contentHash, instantOf } from '#libs/webhook';
import { type Arrival } from '../facts/arrival.js';
import { ignoredEvent, wrongBody, type EventRead, type EventsRead } from '../facts/event-read.js';
import { genericCalls } from './calls.js';
import type { GenericEvent } from './event.js';
import { problemsOfBody } from './validate.js';
import { genericVoicemails } from './voicemails.js';

/** Addresses of recordings may carry a secret in their query. */
export const GENERIC_SECRETS: ReadonlySet<string> = new Set(['url']);

/**
 * Reads one event, or a batch, of our own webhook (channels.md B).
 *
 * 1. `webhook-id` names a single event that does not name itself.
 * 2. The schema lets all of it through, or nothing is taken.
 * 3. Each event becomes facts about a call or a voicemail; a test and an unknown type become none, and say so.
 */
export function readGeneric(plain: Readonly<Record<string, unknown>>, arrival: Arrival): EventsRead {
  const isBatch = Object.hasOwn(plain, 'events');
  const body = isBatch || arrival.requestId === null ? plain : { id: arrival.requestId, ...plain };
  const problems = problemsOfBody(body);
  if (problems.length > 0) {
    return wrongBody(...problems);
  }
  const events = (isBatch ? body['events'] : [body]) as readonly GenericEvent[];
  return { ok: true, events: events.map((event) => readEvent(event, arrival)) };
}

function readEvent(event: GenericEvent, arrival: Arrival): EventRead {
  if (event.test === true) {
    return ignoredEvent(event.id, 'test');
  }
  const origin = {
    eventId: event.id,
    at: instantOf(event.occurred_at),
    contentSha256: contentHash(event, GENERIC_SECRETS),
  };
  const calls = genericCalls(event, origin, arrival);
  const voicemails = genericVoicemails(event, origin, arrival);
  if (calls.length + voicemails.length === 0) {
    return ignoredEvent(event.id, 'unknown-type', event.type);
  }
  const { id: recordingId, url: address } = event.recording ?? {};
  const sounds = recordingId === undefined || address === undefined ? [] : [{ recordingId, address }];
  return { eventId: event.id, calls, voicemails, sounds, ignored: null };
}
