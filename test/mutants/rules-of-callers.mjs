import { inDomain } from './rule.mjs';

const CALLER = 'people/caller.spec.ts';
const LATER = 'call/later-facts.spec.ts';
const SAME = 'message/same-message.spec.ts';
const ITS_CALL = 'message/its-call.spec.ts';
const CHOSEN = 'revision/chosen-fields.spec.ts';
const PLACE = 'callbar/place.spec.ts';

/** Fields that a later fact leaves alone once somebody else has set them. */
const REVISED = ['subject', 'description', 'source', 'priority'];

/**
 * Who calls, what later facts change, which messages are one, and what agents press (channels.md C, F, G; domain.md §8).
 * @type {readonly import('./rule.mjs').Rule[]}
 */
export const RULES_OF_CALLERS = [
  {
    name: 'R1-7',
    rule: 'who calls is the first of the table that fits, and of several nobody is guessed',
    breaks: [
      inDomain({
        file: 'people/identified.ts',
        find: '  if (claimed !== null) {',
        replace: "  if (claimed === '') {",
        spec: CALLER,
      }),
      inDomain({
        file: 'people/identified.ts',
        find: '  if (agent !== null) {',
        replace: '  if (agent !== null && agent.active === undefined) {',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/identified.ts',
        find: "const verified = proof === 'proven' || ",
        replace: 'const verified = ',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/identified.ts',
        find: "(proof === 'open' && bearers.identity?.verified === true)",
        replace: "proof === 'open'",
        spec: CALLER,
      }),
      inDomain({
        file: 'people/identified.ts',
        find: 'if (others.length > 0 || bearers.identity?.shared === true) {',
        replace: 'if (bearers.identity?.shared === true) {',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/identified.ts',
        find: '  if (bearers.isVariant) {',
        replace: '  if (bearers.holders.length === 0) {',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/live-holder.ts',
        find: 'return found.size === 1 ? (only ?? null) : null;',
        replace: 'return only ?? null;',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/live-holder.ts',
        find: '      state.endpointId === endpointId &&\n',
        replace: '',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/requester.ts',
        find: "const contact = { ...contactOf(party, 'open', moment), kind: 'shared_line' } as const;",
        replace: "const contact = { ...contactOf(party, 'open', moment), kind: 'person' } as const;",
        spec: CALLER,
      }),
      inDomain({
        file: 'people/requester.ts',
        find: 'name: party.name ? party.name : party.value,',
        replace: 'name: party.value,',
        spec: CALLER,
      }),
      inDomain({
        file: 'people/requester.ts',
        find: "  if (party.kind === 'anonymous') {\n    return anonymousContact",
        replace: "  if (party.value === '') {\n    return anonymousContact",
        spec: 'call/cases-of-calls.spec.ts',
      }),
    ],
  },
  {
    name: 'F-rev',
    rule: 'a later fact revises field by field what nobody else has set',
    breaks: [
      inDomain({
        file: 'revision/known-family.ts',
        find: 'return setter === null || family.some(({ id }) => id === setter);',
        replace: 'return setter !== undefined;',
        spec: LATER,
      }),
      inDomain({
        file: 'revision/known-family.ts',
        find: 'return setter === null || family.some(({ id }) => id === setter);',
        replace: 'return setter === null;',
        spec: CHOSEN,
      }),
      ...REVISED.map((field) =>
        inDomain({
          file: 'revision/revision.ts',
          find: `...(isOurs(known, '${field}')`,
          replace: '...(true',
          spec: CHOSEN,
        }),
      ),
      inDomain({
        file: 'revision/revision.ts',
        find: "isNews && isOurs(known, 'requester')",
        replace: 'isNews',
        spec: CHOSEN,
      }),
      inDomain({
        file: 'revision/revision.ts',
        find: "  if (!isOurs(known, 'groupId')) {\n    return null;\n  }\n",
        replace: '',
        spec: CHOSEN,
      }),
      inDomain({
        file: 'revision/revised-assignment.ts',
        find: " || !isOurs(known, 'assigneeId')",
        replace: '',
        spec: CHOSEN,
      }),
      inDomain({
        file: 'revision/revise-case.ts',
        find: "if (!isLive(state) || state.category === 'resolved') {",
        replace: 'if (!isLive(state)) {',
        spec: LATER,
      }),
      inDomain({
        file: 'case/case-fields.ts',
        find: "source: changing('source', '')",
        replace: "source: lasting('source', '')",
        spec: 'family/lifecycles.spec.ts',
      }),
      inDomain({
        file: 'case/case-fields.ts',
        find: 'submitter: changing(',
        replace: 'submitter: lasting(',
        spec: 'family/lifecycles.spec.ts',
      }),
    ],
  },
  {
    name: 'G-one',
    rule: 'two messages are one by their sound, their call, or their caller, time and length',
    breaks: [
      inDomain({
        file: 'message/same-message.ts',
        find: 'const APART_MS = 120_000;',
        replace: 'const APART_MS = 119_999;',
        spec: SAME,
      }),
      inDomain({
        file: 'message/same-message.ts',
        find: 'const APART_MS = 120_000;',
        replace: 'const APART_MS = 121_000;',
        spec: SAME,
      }),
      inDomain({
        file: 'message/same-message.ts',
        find: 'const LONGER_MS = 1000;',
        replace: 'const LONGER_MS = 2000;',
        spec: SAME,
      }),
      inDomain({ file: 'message/same-message.ts', find: ' && one.way !== other.way', replace: '', spec: SAME }),
      inDomain({ file: 'message/same-message.ts', find: ' && !bothSound', replace: '', spec: SAME }),
      inDomain({
        file: 'message/same-message.ts',
        find: 'first === undefined || first.apart === second?.apart',
        replace: 'first === undefined || second?.apart === null',
        spec: SAME,
      }),
      inDomain({
        file: 'message/same-message.ts',
        find: 'return mayBeOne && ',
        replace: 'return mayBeOne !== null && ',
        spec: SAME,
      }),
      inDomain({
        file: 'message/same-message.ts',
        find: ' && one.isNamedByCall !== other.isNamedByCall',
        replace: '',
        spec: SAME,
      }),
    ],
  },
  {
    name: 'G-its',
    rule: 'a message joins the one call of its number, line and time that nobody took',
    breaks: [
      inDomain({
        file: 'message/its-call.ts',
        find: 'LEFT_AFTER_MS = 120_000',
        replace: 'LEFT_AFTER_MS = 60_000',
        spec: ITS_CALL,
      }),
      inDomain({ file: 'message/its-call.ts', find: 'return !isConnected && ', replace: 'return ', spec: ITS_CALL }),
      inDomain({ file: 'message/its-call.ts', find: 'startedAt <= leftAt && ', replace: '', spec: ITS_CALL }),
      inDomain({
        file: 'message/its-call.ts',
        find: 'return only === undefined || others.length > 0 ? null : only;',
        replace: 'return only === undefined || others.length > 9 ? null : only;',
        spec: ITS_CALL,
      }),
      inDomain({
        file: 'message/its-call.ts',
        find: ' && callerOf(call) === callerOf(voicemail)',
        replace: '',
        spec: ITS_CALL,
      }),
      inDomain({
        file: 'message/its-call.ts',
        find: ' && isOnItsLine(call, voicemail, snapshot)',
        replace: '',
        spec: ITS_CALL,
      }),
    ],
  },
  {
    name: 'C-due',
    rule: 'a callback is told once, in a case that somebody works on, unless somebody has called',
    breaks: [
      inDomain({ file: 'due/callback.ts', find: 'hasCalled || ', replace: '', spec: 'due/callback.spec.ts' }),
      inDomain({
        file: 'due/callback.ts',
        find: " || state.category === 'resolved'",
        replace: '',
        spec: 'due/callback.spec.ts',
      }),
      inDomain({
        file: 'due/callback.ts',
        find: 'effects: effectsOf({ cases: [told], toldCallbacks }),',
        replace: 'effects: effectsOf({ cases: [told] }),',
        spec: 'due/callback.spec.ts',
      }),
    ],
  },
  {
    name: 'C-bar',
    rule: 'what agents press takes effect by its own time, and a call that one took off stays off',
    breaks: [
      inDomain({
        file: 'decision/press.ts',
        find: '`${occurredAt} ${id}`',
        replace: '`${id} ${occurredAt}`',
        spec: PLACE,
      }),
      inDomain({ file: 'decision/press.ts', find: '`${occurredAt} ${id}`', replace: 'occurredAt', spec: PLACE }),
      inDomain({
        file: 'callbar/place.ts',
        find: 'const isElsewhere = place.chosen ===',
        replace: 'const isElsewhere = place.chosen !==',
        spec: PLACE,
      }),
      inDomain({
        file: 'callbar/place.ts',
        find: "return isElsewhere ? place : { chosen: 'detached', caseId: null, bringer: press, taker: null };",
        replace: "return isElsewhere ? place : { chosen: 'rules', caseId: null, bringer: press, taker: null };",
        spec: PLACE,
      }),
      inDomain({
        file: 'callbar/place.ts',
        find: 'return isThere || caseId === null ? place :',
        replace: 'return caseId === null ? place :',
        spec: PLACE,
      }),
      inDomain({
        file: 'callbar/place.ts',
        find: '? { ...place, taker: press }',
        replace: '? place',
        spec: PLACE,
      }),
      inDomain({
        file: 'interaction/revise-interaction.ts',
        find: "  'recorded:auto_create_off',",
        replace: "  'recorded:auto_create_off',\n  'recorded:detached',",
        spec: CHOSEN,
      }),
    ],
  },
];
