import type { VoicemailFact } from '#libs/interaction';
import { told } from '#libs/webhook';
import { voicemailFact, type Arrival, type EventOrigin } from '../facts/arrival.js';
import { partyOf } from '../facts/party.js';
import { lineOf } from './calls.js';
import type { GenericEvent } from './event.js';
import { saidContext, saidParty, saidRecording, saidTranscript } from './said.js';

/** What an event of our own webhook says about a voicemail; nothing for other events. */
export function genericVoicemails(
  event: GenericEvent,
  origin: EventOrigin,
  arrival: Arrival,
): readonly VoicemailFact[] {
  const kind = event.type === 'voicemail.left' ? 'left' : event.type === 'voicemail.transcript' ? 'transcript' : null;
  // The same of the three on every event of a message that names it in the same way.
  const voicemailId = event.voicemail?.id ?? event.call_id ?? event.recording?.id ?? null;
  if (kind === null || voicemailId === null) {
    return [];
  }
  const { mailbox, duration_ms, callback_number, urgent } = event.voicemail ?? {};
  const fact = voicemailFact(arrival, origin, kind, {
    voicemailId,
    callId: event.call_id,
    legId: event.leg_id,
    from: saidParty(event.from, arrival),
    to: saidParty(event.to, arrival),
    line: event.line === undefined ? null : lineOf(event.line, arrival),
    mailbox: mailbox === undefined ? null : told({ id: mailbox.id, label: mailbox.label }),
    durationMs: duration_ms,
    callback: callback_number === undefined ? null : partyOf({ raw: callback_number }, arrival),
    urgent,
    recording: event.recording === undefined ? null : saidRecording(event.recording),
    transcript: event.transcript === undefined ? null : saidTranscript(event.transcript),
    context: saidContext(event),
  });
  return [fact];
}
