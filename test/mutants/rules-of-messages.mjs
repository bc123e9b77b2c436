import { inDomain } from './rule.mjs';

const SAME = 'message/same-message.spec.ts';
const ITS_CALL = 'message/its-call.spec.ts';
const PLACE = 'callbar/place.spec.ts';

/**
 * Which messages are one and whose they are, and what agents press (channels.md C, G).
 * @type {readonly import('./rule.mjs').Rule[]}
 */
export const RULES_OF_MESSAGES = [
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
        spec: 'revision/chosen-fields.spec.ts',
      }),
    ],
  },
];
