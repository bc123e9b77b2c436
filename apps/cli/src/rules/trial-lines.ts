import type { ExplainedRule } from '../explain/explanation.js';
import { ruleLines } from '../explain/rule-lines.js';

/** What the API says of a dry run, as far as it is told. */
export interface TrialAnswer {
  readonly tried: number;
  readonly matched: number;
  readonly changed: number;
  readonly results: readonly {
    readonly interaction_id: string;
    readonly case_number: number;
    readonly channel: string;
    readonly occurred_at: string;
    readonly rules: readonly ExplainedRule[];
    readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  }[];
}

/** A dry run as lines for people. Every text may come from a stranger. */
export function trialLines({ tried, matched, changed, results }: TrialAnswer): string[] {
  return [
    `${tried} interactions were tried: rules hold of ${matched} and would change ${changed}. Nothing was written.`,
    ...results.flatMap((one) => [
      '',
      `Case ${one.case_number}, ${one.channel}, ${one.occurred_at}, ${one.interaction_id}`,
      ...one.changes.map(
        ({ field, from, to }) => `  ${field.padEnd(10)} ${JSON.stringify(from)} -> ${JSON.stringify(to)}`,
      ),
      ...ruleLines(one.rules).map(([name, text]) => `  ${name.padEnd(10)} ${text}`),
    ]),
  ];
}
