import { inDomain } from './rule.mjs';
import { RULES_OF_COMMANDS } from './rules-of-commands.mjs';
import { RULES_OF_HISTORIES } from './rules-of-histories.mjs';
import { SIGNATURE_MUTANTS } from './signatures.mjs';

/** Every rule that is broken: the invariants, noon, and others. */
export const RULES = [
  ...RULES_OF_COMMANDS,
  ...RULES_OF_HISTORIES,
  {
    name: 'links',
    rule: 'what people relate is part of both cases',
    breaks: [
      inDomain({
        file: 'command/link.ts',
        find: 'const settled = refuseSettled(other);',
        replace: 'const settled = refuseSettled(state);',
        spec: 'command/link.spec.ts',
      }),
    ],
  },
  ...SIGNATURE_MUTANTS.map(({ name, rule, ...place }) => ({ name, rule, breaks: [place] })),
];
