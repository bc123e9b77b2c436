import type { CallRecord } from './call-record.js';
import type { Deadline } from './deadline.js';
import { summaryOf, type CallSummary } from './call-summary.js';
import type { CallTimes } from './call-times.js';
import { compareText } from './said.js';

/**
 * What time alone says of a call. `undescribed`: who called whom, and which way, is not told any more. `overdue`: its end was
 * never told. `settled`: nobody took it, and nothing overtook its end.
 */
export type CallMark = 'undescribed' | 'overdue' | 'settled';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** So long nothing is made of a call of which nobody knows whose it is: the fact that says so was overtaken. */
const DESCRIPTION_PATIENCE_MS = 60 * SECOND;

/** The deadline that runs for a call, the first of: whose it is, its end, what may overtake the end. */
export function deadlineOfCall(record: CallRecord, times: CallTimes): Deadline | null {
  const mark = openMarks(record).find((one) => !hasPassed(record, one));
  switch (mark) {
    case 'undescribed':
      return { mark, afterMs: DESCRIPTION_PATIENCE_MS, renewed: false, holds: true };
    case 'overdue':
      return { mark, afterMs: times.maxDurationHours * HOUR, renewed: true, holds: false };
    case 'settled':
      return { mark, afterMs: times.settleSeconds * SECOND, renewed: false, holds: true };
    case undefined:
      return null;
  }
}

/** Whether a deadline of the call has passed, and nothing that was told since says otherwise. */
export function hasPassed({ passed }: Pick<CallRecord, 'passed'>, mark: CallMark): boolean {
  return passed?.includes(mark) === true;
}

export function passDeadline(record: CallRecord, mark: string): CallRecord {
  return { ...record, passed: [...(record.passed ?? []), mark].sort(compareText) };
}

/** What passed counts as long as it is true: a hang-up that is told at last makes an overdue call an ordinary one. */
export function forgetPassed(record: CallRecord): CallRecord {
  const { passed, ...told } = record;
  if (passed === undefined) {
    return record;
  }
  const open: readonly string[] = openMarks(record);
  const left = passed.filter((mark) => open.includes(mark));
  return left.length === 0 ? told : { ...told, passed: left };
}

/** What time may say of the call by what is told of it, in the order in which it does. */
function openMarks(record: CallRecord): readonly CallMark[] {
  // Most calls go on, and what nobody has to compute for them costs nothing.
  const isOver = record.moments.some(({ kind }) => kind === 'ended');
  const next = !isOver ? OVERDUE : mayBeOvertaken(summaryOf(record)) ? SETTLED : NONE;
  return isUndescribed(record) ? ['undescribed', ...next] : next;
}

const OVERDUE: readonly CallMark[] = ['overdue'];
const SETTLED: readonly CallMark[] = ['settled'];
const NONE: readonly CallMark[] = [];

/** Every telephony system says this with one event at least, and a call is one of ours, or between us, by that alone. */
function isUndescribed({ said, parents }: CallRecord): boolean {
  const { direction, from, to, legFrom, legTo, line } = said;
  return [direction, from, to, legFrom, legTo, line].every((one) => one === undefined) && parents.length === 0;
}

/** A call that ended without an agent, as far as anybody knows. What was refused or was between us is certain. */
function mayBeOvertaken({ direction, agentConnectedAt, endedAt, end }: CallSummary): boolean {
  return endedAt !== null && agentConnectedAt === null && direction !== 'internal' && end.reason !== 'blocked';
}
