import { inDomain } from './rule.mjs';

const THREAD = 'caller/thread-of-caller.spec.ts';

/**
 * Which case a call joins (channels.md F).
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
];
