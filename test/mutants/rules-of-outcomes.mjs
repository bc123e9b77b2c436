import { inDomain } from './rule.mjs';

const OUTCOME = 'call/outcome.spec.ts';

/**
 * What comes of a call, and when that is certain (channels.md F).
 * @type {readonly import('./rule.mjs').Rule[]}
 */
export const RULES_OF_OUTCOMES = [
  {
    name: 'F-out',
    rule: 'what came of a call is the first row of the table that fits',
    breaks: [
      inDomain({
        file: 'call/outcome.ts',
        find: "  if (direction === 'internal') {\n    return 'internal';\n  }\n",
        replace: '',
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: "  if (agentConnectedAt !== null) {\n    return 'answered';",
        replace: "  if (agentConnectedAt !== null && !message) {\n    return 'answered';",
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: "return endedAt === null && !overdue ? null : 'missed';",
        replace: "return endedAt === null ? null : 'missed';",
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: "  if (end.reason === 'blocked') {\n    return 'blocked';\n  }\n",
        replace: '',
        spec: OUTCOME,
      }),
      inDomain({ file: 'call/outcome.ts', find: '  if (message) {', replace: '  if (false) {', spec: OUTCOME }),
      inDomain({
        file: 'call/outcome.ts',
        find: "return overdue ? 'unknown' : null;\n  }\n  return gaveUp",
        replace: 'return null;\n  }\n  return gaveUp',
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: "  if (reason === 'voicemail') {\n    return false;\n  }\n",
        replace: '',
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: "by === 'caller' || (by === 'unknown' && reason === 'cancelled')",
        replace: "by === 'caller'",
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/outcome.ts',
        find: ' && queuedAt !== null && ringingAt === null',
        replace: ' && queuedAt !== null',
        spec: OUTCOME,
      }),
      inDomain({
        file: 'call/call-summary.ts',
        find: "reasons.find((one) => one !== 'completed') ?? reasons[0]",
        replace: 'reasons[0]',
        spec: OUTCOME,
      }),
    ],
  },
  {
    name: 'F-time',
    rule: 'what may be overtaken waits, and what has passed counts as long as it is true',
    breaks: [
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: 'times.settleSeconds * SECOND, renewed: false, holds: true',
        replace: 'times.settleSeconds * SECOND, renewed: false, holds: false',
        spec: 'fold/deadlines.spec.ts',
      }),
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: 'times.settleSeconds * SECOND, renewed: false',
        replace: 'times.settleSeconds * SECOND, renewed: true',
        spec: 'fold/deadlines.spec.ts',
      }),
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: 'times.maxDurationHours * HOUR, renewed: true',
        replace: 'times.maxDurationHours * HOUR, renewed: false',
        spec: 'fold/deadlines.spec.ts',
      }),
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: "return isUndescribed(record) ? ['undescribed', ...next] : next;",
        replace: 'return next;',
        spec: 'fold/deadlines.spec.ts',
      }),
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: 'passed.filter((mark) => open.includes(mark))',
        replace: 'passed.filter((mark) => open !== null && mark !== null)',
        spec: 'fold/deadlines.spec.ts',
      }),
      inDomain({
        file: 'call/deadlines-of-call.ts',
        find: "endedAt !== null && agentConnectedAt === null && direction !== 'internal'",
        replace: "endedAt !== null && direction !== 'internal'",
        spec: 'fold/deadlines.spec.ts',
      }),
    ],
  },
];
