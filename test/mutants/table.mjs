import { inDomain } from './rule.mjs';
import { RULES_OF_CALLERS } from './rules-of-callers.mjs';
import { RULES_OF_CALLS } from './rules-of-calls.mjs';
import { RULES_OF_COMMANDS } from './rules-of-commands.mjs';
import { RULES_OF_HISTORIES } from './rules-of-histories.mjs';
import { RULES_OF_MESSAGES } from './rules-of-messages.mjs';
import { RULES_OF_OUTCOMES } from './rules-of-outcomes.mjs';
import { SIGNATURE_MUTANTS } from './signatures.mjs';

/** Every rule that is broken: the invariants, noon, those of calls and signatures, and others. */
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
  ...RULES_OF_CALLS,
  ...RULES_OF_OUTCOMES,
  ...RULES_OF_CALLERS,
  ...RULES_OF_MESSAGES,
  ...SIGNATURE_MUTANTS.map(({ name, rule, ...place }) => ({ name, rule, breaks: [place] })),
];
