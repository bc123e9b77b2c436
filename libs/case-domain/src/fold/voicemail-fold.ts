import { interactionTopic, parseVoicemailFact, type VoicemailFact, voicemailInteractionId } from '#libs/interaction';
import { deadlineOfVoicemail, forgetPassed, passDeadline } from '../voicemail/deadlines-of-voicemail.js';
import { interactionOfVoicemail } from '../voicemail/interaction-of-voicemail.js';
import { hasMessage, mergeVoicemailFact, type VoicemailRecord } from '../voicemail/voicemail-record.js';
import { mediaText } from '../call/media-text.js';
import { foldKind, type FoldKind } from './fold.js';

/** Voicemails that telephone systems tell, fact by fact. */
export const VOICEMAIL_FOLD: FoldKind = foldKind<VoicemailFact, VoicemailRecord>({
  topic: interactionTopic('voicemail'),
  parse: (value) => {
    const parsed = parseVoicemailFact(value);
    if (!parsed.ok) {
      return parsed;
    }
    const { fact } = parsed;
    const { id, accountId } = fact;
    return { ok: true, fact: { accountId, id, interactionId: voicemailInteractionId(fact), data: fact } };
  },
  merge: mergeVoicemailFact,
  interactionOf: interactionOfVoicemail,
  // Nobody knows yet whether anything was said.
  waits: (record) => hasMessage(record) === null,
  mediaOf: ({ recording, transcript }) =>
    mediaText([
      { id: '', said: recording },
      { id: '', said: transcript },
    ]),
  time: { deadlineOf: deadlineOfVoicemail, pass: passDeadline, forget: forgetPassed },
});
