import type { ExplainedEvidence } from './explanation.js';

type ExplainedThread = ExplainedEvidence['thread'];
type Field = readonly [name: string, text: string];

/** Why a reference led nowhere, in words; a reason that is not known is told as it is. */
const WHY: Readonly<Record<string, string>> = {
  unknown: 'nobody here bears that name',
  own_name: 'it is the message’s own name',
  not_of_the_case: 'anybody can guess it, and the sender has no part in the case',
  unproven: 'anybody can guess it, and the sender failed the proof of identity',
  other_subject: 'the provider groups by subject too, and this one differs',
};

/** How the case was found, what came next, and what did not count. Every text may come from a stranger. */
export function threadLines(thread: ExplainedThread): Field[] {
  return [
    ['thread', foundBy(thread)],
    ...(thread.subjectChanged === true
      ? [['subject', 'is another one than the case’s; that decides nothing'] as const]
      : []),
    ...(thread.nameReused === true
      ? [['name', 'an earlier message has the same Message-ID; both are kept'] as const]
      : []),
    ...(thread.joined ?? []).map((one): Field => [
      'joined',
      `${nameOf(one)} led to ${one.caseId}, merged into the case`,
    ]),
    ...thread.conflicts.map((one): Field => ['runner-up', `${nameOf(one)} leads to ${one.caseId}`]),
    ...(thread.ignored ?? []).map((one): Field => ['not by', `${nameOf(one)}: ${WHY[one.because] ?? one.because}`]),
  ];
}

function foundBy({ rule, matched, ignored = [] }: ExplainedThread): string {
  if (matched !== null) {
    return `${rule}: ${matched.kind} ${matched.value}`;
  }
  return ignored.length === 0 ? `${rule}: it refers to nothing` : `${rule}: nothing that it refers to leads to a case`;
}

function nameOf({
  rule,
  kind,
  value,
}: {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
}): string {
  return `${rule}: ${kind} ${value}`;
}
