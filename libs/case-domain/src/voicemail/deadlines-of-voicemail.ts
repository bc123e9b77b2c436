import type { Deadline } from '../call/deadline.js';
import { isOfCallAlone, isTextAlone, toldMessage, type VoicemailRecord } from './voicemail-record.js';

/** What time alone says of a voicemail: nothing but its announcement came, or a text without it, or no line; so that is the message. */
export type VoicemailMark = 'announced';

/** So long nothing is made of a message of which neither the sound nor a text is known. */
const SOUND_PATIENCE_MS = 60_000;
const MARK: VoicemailMark = 'announced';

/** The deadline that runs for a voicemail: whether there is a message, and whose. */
export function deadlineOfVoicemail(record: VoicemailRecord): Deadline | null {
  return isOpen(record) && record.passed?.includes(MARK) !== true
    ? { mark: MARK, afterMs: SOUND_PATIENCE_MS, renewed: false, holds: false }
    : null;
}

export function passDeadline(record: VoicemailRecord, mark: string): VoicemailRecord {
  return { ...record, passed: [mark] };
}

/** What passed counts as long as it is true: a sound that comes after all is what the message is. */
export function forgetPassed(record: VoicemailRecord): VoicemailRecord {
  const { passed, ...told } = record;
  return passed === undefined || isOpen(record) ? record : told;
}

function isOpen(record: VoicemailRecord): boolean {
  const told = { ...record, passed: [] };
  return toldMessage(record) === null || isTextAlone(told) || isOfCallAlone(told);
}
