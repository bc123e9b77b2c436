import type { CallRules } from '../decision/call-rules.js';

/** How long an account waits for what is still to be told of calls, and which calls are too short to count. */
export type CallTimes = Pick<CallRules, 'settleSeconds' | 'maxDurationHours' | 'shortCallSeconds'>;

/** Of an account that says nothing about calls (channels.md E). */
export const USUAL_CALL_TIMES: CallTimes = { settleSeconds: 3, maxDurationHours: 4, shortCallSeconds: 0 };
