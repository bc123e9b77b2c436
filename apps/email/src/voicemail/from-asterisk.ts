import type { EmailPayload } from '#libs/mail';
import { callerOf, firstOf, secondsOf } from './fields.js';
import type { Voicemail } from './voicemail.js';

const SURE = /^x-asterisk-(vm-|callerid$)/;

/** A voicemail that Asterisk (app_voicemail) sent; null when the mail has none of its headers. */
export function fromAsterisk(payload: EmailPayload): Voicemail | null {
  const evidence = Object.keys(payload.signals).find((name) => SURE.test(name));
  if (evidence === undefined) {
    return null;
  }
  const vm = (...names: string[]) =>
    firstOf(
      payload,
      names.map((name) => `x-asterisk-vm-${name}`),
    );
  const caller = callerOf(vm('caller-id-num', 'cidnum', 'callerid') ?? firstOf(payload, ['x-asterisk-callerid']));
  const name = vm('caller-id-name', 'cidname', 'calleridname') ?? firstOf(payload, ['x-asterisk-calleridname']);
  return {
    provider: 'asterisk',
    evidence,
    callerId: caller.number,
    callerName: name ?? caller.name,
    durationSeconds: secondsOf(vm('duration')),
    mailbox: vm('mailbox', 'extension'),
    context: vm('context'),
    messageNumber: vm('message-num'),
    origTime: instantOf(vm('orig-time')),
    callId: firstOf(payload, ['x-call-id', 'x-callid']),
  };
}

/** Seconds since 1970. */
function instantOf(said: string | null): string | null {
  const seconds = /^\d{9,10}$/.test(said ?? '') ? Number(said) : Number.NaN;
  return Number.isNaN(seconds) ? null : new Date(seconds * 1000).toISOString();
}
