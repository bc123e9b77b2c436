import { inDomain } from './rule.mjs';

/** @type {readonly import('./rule.mjs').Rule[]} */
export const RULES_OF_COMMANDS = [
  {
    name: 'I-1',
    rule: 'whoever unassigns a case makes it new',
    breaks: [
      inDomain({
        file: 'command/status.ts',
        find: "  if (assigneeId === null) {\n    return 'new';",
        replace: '  if (assigneeId === null) {\n    return before.category;',
        spec: 'command/decide-command.spec.ts',
      }),
      inDomain({
        file: 'command/status.ts',
        find: "} else if (category === 'new' && assigneeId !== null) {",
        replace: "} else if (category === 'never' && assigneeId !== null) {",
        spec: 'command/decide-command.spec.ts',
      }),
    ],
  },
  {
    name: 'I-2',
    rule: 'an active member of the group has the case',
    breaks: [
      inDomain({
        file: 'command/place.ts',
        find: 'const fits = agent?.active === true && isMember(assigneeId, snapshot.groups.get(groupId));',
        replace: 'const fits = agent !== undefined;',
        spec: 'command/place.spec.ts',
      }),
      inDomain({
        file: 'command/place.ts',
        find: 'const fits = agent?.active === true && isMember(assigneeId, snapshot.groups.get(groupId));',
        replace: 'const fits = isMember(assigneeId, snapshot.groups.get(groupId));',
        spec: 'command/place.spec.ts',
      }),
    ],
  },
  {
    name: 'I-3',
    rule: 'whoever resolves a case says how',
    breaks: [
      inDomain({
        file: 'command/status.ts',
        find: "if ((said ?? '').trim() === '' && snapshot.account.requireResolution) {",
        replace: 'if (said === undefined) {',
        spec: 'command/decide-command.spec.ts',
      }),
      inDomain({
        file: 'command/status.ts',
        find: "if (category === 'resolved' && from !== 'resolved' && assigneeId === null) {",
        replace: "if (category === 'resolved' && from !== 'resolved' && assigneeId === undefined) {",
        spec: 'command/decide-command.spec.ts',
      }),
    ],
  },
  {
    name: 'I-4',
    rule: 'a closed case takes no command',
    breaks: [
      inDomain({
        file: 'command/refuse.ts',
        find: 'return state.closedAt === null\n    ? null',
        replace: "return state.closedAt !== 'never'\n    ? null",
        spec: 'command/decide-command.spec.ts',
      }),
      {
        file: 'libs/case-store/src/migrations/000009.sql',
        find: 'if old.closed_at is not null then',
        replace: 'if old.closed_at is not null and false then',
        spec: 'test/integration/commands/settled-cases.spec.ts',
      },
    ],
  },
  {
    name: 'I-5',
    rule: 'nobody closes a case by hand',
    breaks: [
      inDomain({
        file: 'command/hear-wish.ts',
        find: "if (status === 'closed') {",
        replace: "if (status === 'never') {",
        spec: 'command/decide-command.spec.ts',
      }),
    ],
  },
  {
    name: 'I-6',
    rule: 'a task is always somebody’s',
    breaks: [
      inDomain({
        file: 'command/type.ts',
        find: "if (type === 'task' && assigneeId === null) {",
        replace: "if (type === 'task' && assigneeId === undefined) {",
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'if (dueOn === null) {',
        replace: 'if (dueOn === undefined) {',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'return { dueOn: null, dueAt: null, dueTimeZone: null };',
        replace: 'return {};',
        spec: 'command/type.spec.ts',
      }),
    ],
  },
  {
    name: 'I-7',
    rule: 'an incident has its problem',
    breaks: [
      inDomain({
        file: 'command/type.ts',
        find: 'if (problemId === null && snapshot.account.incidentRequiresProblem) {',
        replace: 'if (problemId === undefined) {',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: "if (problem.type !== 'problem' || problem.id === before.id || problem.deletedAt !== null) {",
        replace: 'if (problem.id === before.id || problem.deletedAt !== null) {',
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: "if (problem.type !== 'problem' || problem.id === before.id || problem.deletedAt !== null) {",
        replace: "if (problem.type !== 'problem' || problem.deletedAt !== null) {",
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: "if (problem.type !== 'problem' || problem.id === before.id || problem.deletedAt !== null) {",
        replace: "if (problem.type !== 'problem' || problem.id === before.id) {",
        spec: 'command/type.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: "} else if (problem.closedAt !== null || problem.category === 'resolved') {",
        replace: '} else if (problem.closedAt !== null) {',
        spec: 'command/type.spec.ts',
      }),
    ],
  },
  {
    name: 'I-8',
    rule: 'a problem stays while incidents of it live',
    breaks: [
      inDomain({
        file: 'command/trash.ts',
        find: 'if (left.length > 0) {',
        replace: 'if (left.length > 1) {',
        spec: 'command/trash.spec.ts',
      }),
      inDomain({
        file: 'command/type.ts',
        find: 'liveIncidentsOf(before.id, circumstances.snapshot).length > 0',
        replace: 'liveIncidentsOf(before.id, circumstances.snapshot).length > 1',
        spec: 'command/type.spec.ts',
      }),
    ],
  },
];
