import { inDomain } from './rule.mjs';

const THREAD = 'caller/thread-of-caller.spec.ts';
const OUTCOME = 'call/outcome.spec.ts';

/**
 * Which case a call joins, and what comes of it (channels.md F).
 * @type {readonly import('./rule.mjs').Rule[]}
 */
export const RULES_OF_CALLS = [
  {
    name: 'F-1',
    rule: 'a call is in the case that was chosen, before all other names',
    breaks: [
      inDomain({
        file: 'call/interaction-of-call.ts',
        find: 'return chosen === undefined ? calls :',
        replace: 'return chosen !== undefined ? calls :',
        spec: 'call/cases-of-calls.spec.ts',
      }),
      inDomain({
        file: 'call/interaction-of-call.ts',
        find: "[{ kind: 'case_number', value: chosen, via: 'chosen_case' }, ...calls]",
        replace: "[...calls, { kind: 'case_number', value: chosen, via: 'chosen_case' }]",
        spec: 'call/interaction-of-call.spec.ts',
      }),
    ],
  },
  {
    name: 'F-2',
    rule: 'calls that name each other are one family, over any number of steps',
    breaks: [
      inDomain({
        file: 'family/family.ts',
        find: '    next.flatMap(namesIn).forEach((name) => names.add(name));\n',
        replace: '',
        spec: 'family/family.spec.ts',
      }),
      inDomain({
        file: 'family/family.ts',
        find: '[...threadKeys, ...references].flatMap',
        replace: '[...threadKeys].flatMap',
        spec: 'family/family.spec.ts',
      }),
      inDomain({
        file: 'family/family.ts',
        find: 'members.sort(byTime)',
        replace: 'members',
        spec: 'family/family.spec.ts',
      }),
      inDomain({
        file: 'family/as-one.ts',
        find: "(['internal', 'answered', 'voicemail_left'] as const)",
        replace: "(['internal', 'voicemail_left', 'answered'] as const)",
        spec: 'family/family.spec.ts',
      }),
      inDomain({
        file: 'family/as-one.ts',
        find: 'members.filter(isCall).at(-1)?.outcome',
        replace: 'members.filter(isCall).at(0)?.outcome',
        spec: 'family/family.spec.ts',
      }),
      inDomain({
        file: 'family/as-one.ts',
        find: 'return talk.until || next === undefined ? talk : { ...talk, until: next };',
        replace: 'return talk;',
        spec: 'family/family.spec.ts',
      }),
    ],
  },
  {
    name: 'F-2b',
    rule: 'what nobody took is one matter with what the same number wanted minutes ago on the same line',
    breaks: [
      inDomain({
        file: 'caller/unanswered.ts',
        find: "new Set(['missed', 'abandoned', 'unknown', 'voicemail_left'])",
        replace: "new Set(['missed', 'abandoned', 'unknown', 'voicemail_left', 'answered'])",
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: '    call.line === (interaction.endpoint?.address ?? null) &&\n',
        replace: '',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: 'distance(call, interaction) <= minutes * MINUTE',
        replace: 'distance(call, interaction) < minutes * MINUTE',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: 'distance(call, interaction) <= minutes * MINUTE',
        replace: 'distance(call, interaction) <= 2 * minutes * MINUTE',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: '!answered.some((instant) => isBetween(instant, at, interaction.occurredAt))',
        replace: 'true',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: 'distance(one, interaction) - distance(other, interaction)',
        replace: 'distance(other, interaction) - distance(one, interaction)',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/unanswered.ts',
        find: 'if (state !== null && isLive(state)) {',
        replace: 'if (state !== null) {',
        spec: THREAD,
      }),
    ],
  },
  {
    name: 'F-3',
    rule: 'a call joins the only live case of its caller in the group of the line, heard of lately',
    breaks: [
      inDomain({
        file: 'caller/live-cases.ts',
        find: '      state.groupId === groupId &&\n',
        replace: '',
        spec: THREAD,
      }),
      inDomain({ file: 'caller/live-cases.ts', find: '      isLive(state) &&\n', replace: '', spec: THREAD }),
      inDomain({
        file: 'caller/live-cases.ts',
        find: 'wasHeardNear(state, interaction, snapshot)\n',
        replace: 'wasHeardNear(state, interaction, snapshot) !== null\n',
        spec: THREAD,
      }),
      inDomain({
        file: 'people/live-holder.ts',
        find: 'return distance <= snapshot.account.calls.attachWindowMinutes * MINUTE;',
        replace: 'return distance <= 2 * snapshot.account.calls.attachWindowMinutes * MINUTE;',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/thread-of-caller.ts',
        find: 'interaction.occasion === null || ',
        replace: '',
        spec: THREAD,
      }),
      inDomain({
        file: 'people/customer.ts',
        find: "customer?.kind === 'phone' ? identityOf(customer) : null",
        replace:
          "customer !== null ? identityOf({ ...customer, value: customer.kind === 'phone' ? customer.value : '' }) : null",
        spec: THREAD,
      }),
    ],
  },
  {
    name: 'F-3b',
    rule: 'of several live cases none is chosen: a new one, related to at most five',
    breaks: [
      inDomain({
        file: 'caller/thread-of-caller.ts',
        find: 'if (only !== undefined && others.length === 0) {',
        replace: 'if (only !== undefined && others.length >= 0) {',
        spec: THREAD,
      }),
      inDomain({
        file: 'caller/thread-of-caller.ts',
        find: 'related: live.slice(0, MOST_RELATED)',
        replace: 'related: live',
        spec: THREAD,
      }),
    ],
  },
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
        find: "...(isUndescribed(record) ? (['undescribed'] as const) : []),",
        replace: '',
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
