import { inDomain } from './rule.mjs';

const CALLER = 'people/caller.spec.ts';
const LATER = 'call/later-facts.spec.ts';
const CHOSEN = 'revision/chosen-fields.spec.ts';

/** Fields that a later fact leaves alone once somebody else has set them. */
const REVISED = ['subject', 'description', 'source', 'priority'];

/**
 * Who calls, and what later facts change (channels.md F; domain.md §8).
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
];
