import { inDomain } from './rule.mjs';

/** @type {readonly import('./rule.mjs').Rule[]} */
export const RULES_OF_HISTORIES = [
  {
    name: 'I-9',
    rule: 'incidents of every category are resolved with their problem',
    breaks: [
      inDomain({
        file: 'consequence/problem-cascade.ts',
        find: ".filter((incident) => incident.category !== 'resolved')",
        replace: ".filter((incident) => incident.category === 'open')",
        spec: 'consequence/problem-cascade.spec.ts',
      }),
      inDomain({
        file: 'command/relatives.ts',
        find: '(one) => one.problemId === problemId && one.closedAt === null',
        replace: "(one) => one.problemId === problemId && one.category !== 'new' && one.closedAt === null",
        spec: 'consequence/problem-cascade.spec.ts',
      }),
    ],
  },
  {
    name: 'I-10',
    rule: 'a client that acts alone says whom a case is for',
    breaks: [
      inDomain({
        file: 'command/create.ts',
        find: "findings.fault('/requester', 'requester-required',",
        replace: "void ('requester-required',",
        spec: 'command/create.spec.ts',
      }),
    ],
  },
  {
    name: 'I-11',
    rule: 'a number is borne once',
    breaks: [
      {
        file: 'libs/case-ledger/src/case-numbers.ts',
        find: '        taken += 1;\n',
        replace: '',
        spec: 'libs/case-ledger/src/case-numbers.spec.ts',
      },
      {
        file: 'libs/case-ledger/src/case-numbers.ts',
        find: "reserved.splice(which === 'all' ? 0 : taken)",
        replace: 'reserved.splice(which === undefined ? taken : 0)',
        spec: 'libs/case-ledger/src/case-numbers.spec.ts',
      },
    ],
  },
  {
    name: 'I-12',
    rule: 'each event is one version',
    breaks: [
      inDomain({
        file: 'case/change.ts',
        find: 'version: before.version + 1, updatedAt',
        replace: 'version: before.version + 2, updatedAt',
        spec: 'command/invariants.spec.ts',
      }),
    ],
  },
  {
    name: 'I-13',
    rule: 'a name leads to one case, whoever comes first',
    breaks: [
      {
        file: 'libs/case-store/src/sql/threads/claim-threads.ts',
        find: 'where thread_key.case_id = excluded.case_id`,',
        replace: 'where true`,',
        spec: 'test/integration/case-builder/thread-claims.spec.ts',
      },
    ],
  },
  {
    name: 'I-14',
    rule: 'what comes again changes nothing',
    breaks: [
      {
        file: 'libs/case-ledger/src/decide/recognise-inputs.ts',
        find: 'if (settled === undefined && earlier === undefined) {',
        replace: 'if (earlier === undefined) {',
        spec: 'test/integration/case-builder/batch.spec.ts',
      },
    ],
  },
  {
    name: 'I-15',
    rule: 'no follow-up beside a case of the family that takes messages',
    breaks: [
      inDomain({
        file: 'interaction/follow-up.ts',
        find: "(state.category !== 'resolved' || isReopenable(state, snapshot, now));",
        replace: 'isReopenable(state, snapshot, now) === undefined;',
        spec: 'interaction/follow-up.spec.ts',
      }),
      inDomain({
        file: 'interaction/follow-up.ts',
        find: '      isLive(state) &&\n',
        replace: '',
        spec: 'interaction/follow-up.spec.ts',
      }),
    ],
  },
  {
    name: 'I-16',
    rule: 'a status that is not in use is not given',
    breaks: [
      inDomain({
        file: 'command/status.ts',
        find: 'return named?.active !== false && (',
        replace: 'return (',
        spec: 'command/place.spec.ts',
      }),
      inDomain({
        file: 'command/status.ts',
        find: "(category !== 'on_hold' || onHoldEnabled)",
        replace: 'true',
        spec: 'command/place.spec.ts',
      }),
    ],
  },
  {
    name: 'I-17',
    rule: 'a parent is no subcase',
    breaks: [
      inDomain({
        file: 'command/type.ts',
        find: 'if (parent.parentId !== null) {',
        replace: 'if (parent.parentId === undefined) {',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'if (parent.id === before.id) {',
        replace: 'if (parent.id === undefined) {',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'subcasesIn(snapshot, before.id).length > 0',
        replace: 'subcasesIn(snapshot, before.id).length > 1',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'if (parent.closedAt !== null || parent.deletedAt !== null) {',
        replace: 'if (parent.deletedAt !== null) {',
        spec: 'command/type.spec.ts',
      }),
    ],
  },
  {
    name: 'I-18',
    rule: 'what was merged leads to the case that survives',
    breaks: [
      inDomain({
        file: 'decision/survivor.ts',
        find: 'while (state !== null && state.mergedIntoId !== null && !seen.has(state.id)) {',
        replace: 'while (state !== null && state.mergedIntoId !== null && seen.has(state.id)) {',
        spec: 'interaction/follow-up.spec.ts',
      }),
    ],
  },
  {
    name: 'I-19',
    rule: 'what is in the trash takes no command but to come out of it',
    breaks: [
      inDomain({
        file: 'command/refuse.ts',
        find: '  if (state.deletedAt !== null) {',
        replace: '  if (state.deletedAt === undefined) {',
        spec: 'command/decide-command.spec.ts',
      }),
    ],
  },
  {
    name: 'noon',
    rule: 'a task is due at 12:00 on the clocks of its zone',
    breaks: [
      inDomain({
        file: 'case/noon.ts',
        find: 'Date.parse(`${date}T12:00:00.000Z`)',
        replace: 'Date.parse(`${date}T11:00:00.000Z`)',
        spec: 'case/noon.spec.ts',
      }),
      inDomain({
        file: 'case/noon.ts',
        find: 'const instant = wall - offsetAt(zone, near);',
        replace: 'const instant = near;',
        spec: 'case/noon.spec.ts',
      }),
      inDomain({
        file: 'case/noon.ts',
        find: 'return instant + offsetAt(zone, instant) === wall ? new',
        replace: 'return instant !== wall + 1 ? new',
        spec: 'case/noon.spec.ts',
      }),
    ],
  },
];
