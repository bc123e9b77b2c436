import { callLines } from './call-lines.js';
import type { ExplainedCase, Explanation } from './explanation.js';
import { moveLine } from './moves.js';
import { ruleLines } from './rule-lines.js';
import { threadLines } from './thread-lines.js';

/** Why an interaction ended where it did, as lines for people. */
export function storyOf(explanation: Explanation): string[] {
  const { interaction, evidence } = explanation;
  return [
    `Interaction ${interaction.id}`,
    ...fieldsOf([
      ['what', `${interaction.channel}, ${interaction.occurredAt}`],
      ['from', interaction.sender],
      ['subject', interaction.subject],
      ['reached', interaction.endpoints.join(', ') || 'no address of ours'],
      ['identity', interaction.trust],
      ['automatic', interaction.automatic],
      ['flags', interaction.flags.join(', ') || null],
    ]),
    ...(explanation.call === null ? [] : ['', ...callLines(explanation.call)]),
    '',
    `Outcome: ${interaction.outcome}${interaction.visibility === 'internal' ? ', internal' : ''}`,
    ...fieldsOf([
      ['case', explanation.case === null ? 'none' : caseLine(explanation.case)],
      ...threadLines(evidence.thread),
      ['requester', requesterLine(explanation)],
      ['group', groupLine(explanation)],
      ['assignee', assigneeLine(explanation)],
      ...ruleLines(evidence.rules ?? []),
    ]),
    ...fieldsOf(explanation.moves.map((move) => ['moved', moveLine(move)])),
    ...(evidence.reasons.length === 0 ? [] : ['', 'Because']),
    ...evidence.reasons.map((reason, index) => `  ${index + 1}. ${reason}`),
  ];
}

type Field = readonly [name: string, text: string | null];

function fieldsOf(fields: readonly Field[]): string[] {
  return fields.filter(([, text]) => text !== null).map(([name, text]) => `  ${name.padEnd(10)} ${text}`);
}

function caseLine(found: ExplainedCase): string {
  return `${found.number} "${found.subject}" (${found.status}), ${found.id}`;
}

function requesterLine({ evidence, case: found }: Explanation): string | null {
  if (evidence.requester === null) {
    return null;
  }
  const { method, confidence, candidates } = evidence.requester;
  const others = candidates.length > 1 ? `, ${candidates.length} candidates` : '';
  return `${found?.requester ?? 'unnamed'}, by ${method} (${confidence}${others})`;
}

function groupLine({ evidence, case: found }: Explanation): string | null {
  return evidence.group === null ? null : `${found?.group ?? evidence.group.groupId}, by ${evidence.group.rule}`;
}

function assigneeLine({ evidence, case: found }: Explanation): string | null {
  if (evidence.assignment === null) {
    return null;
  }
  const { rule, strategy, candidatesCount, chosenBecause } = evidence.assignment;
  const how = [rule, strategy, `${candidatesCount} candidates`].filter((part) => part !== null).join(', ');
  return `${found?.assignee ?? 'nobody'}, by ${how}: ${chosenBecause}`;
}
