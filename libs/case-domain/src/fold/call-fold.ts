import { callInteractionId, type CallFact, interactionTopic, parseCallFact } from '#libs/interaction';
import { mediaText } from '../call/media-text.js';
import { foldKind, type FoldKind } from './fold.js';
import { type CallRecord, mergeCallFact } from '../call/call-record.js';
import { deadlineOfCall, forgetPassed, passDeadline } from '../call/deadlines-of-call.js';
import { interactionOfCall } from '../call/interaction-of-call.js';

/** Calls, told fact by fact. */
export const CALL_FOLD: FoldKind = foldKind<CallFact, CallRecord>({
  topic: interactionTopic('call'),
  parse: (value) => {
    const parsed = parseCallFact(value);
    if (!parsed.ok) {
      return parsed;
    }
    const { fact } = parsed;
    const { id, accountId } = fact;
    return { ok: true, fact: { accountId, id, interactionId: callInteractionId(fact), data: fact } };
  },
  merge: mergeCallFact,
  interactionOf: interactionOfCall,
  // Whom a call belongs to is clear as soon as somebody talks; until then only its end says what came of it.
  waits: (_, { outcome }) => outcome === null,
  mediaOf: ({ recordings, transcripts }) => mediaText([...recordings, ...transcripts]),
  time: { deadlineOf: deadlineOfCall, pass: passDeadline, forget: forgetPassed },
});
