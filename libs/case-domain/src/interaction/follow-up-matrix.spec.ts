import { describe, expect, it } from '@jest/globals';
import type { Interaction, Reference } from '#libs/interaction';
import {
  aCase,
  aCaseReference,
  aClosedCase,
  aGroup,
  aMail,
  aMember,
  aMoment,
  anAgent,
  aReference,
  aResolvedCase,
  aSnapshot,
  outlineOf,
  type Outline,
} from '#libs/testing';
import { advance, decideInteraction, isJoined, isOpened, type CaseState, type Snapshot } from '../index.js';

/**
 * What becomes of a message, by everything that decides about it:
 *   token    where a signed token of ours stands: its recipients, a Message-ID of ours that it names, its text; `other`
 *            is a token of another case in the recipients, `forged` one that we did not sign
 *   headers  what In-Reply-To or References name: a mail of this case, of the `other` one, or one that nobody knows
 *   number   the case whose public number stands in the subject
 *   sender   `agent` proved it, `agent?` did not; `fails` is the requester's address with a proof that failed
 *   case     the state of this case; `solved-old` was resolved before the window of five days
 *   policy   of reopening
 *   becomes  `other` and `main` say which case it went to when not to this one; + conflict: people are told
 */
const MATRIX = `
token      | headers     | number | sender      | case       | policy       | becomes            | because
none       | none        | -      | requester   | open       | until_closed | new                | nothing leads to a case
none       | none        | -      | agent       | open       | until_closed | new                | an agent writes of something new
none       | unknown     | -      | requester   | open       | until_closed | new                | nobody knows what it answers
none       | in-reply-to | -      | requester   | new        | until_closed | attach             | the customer adds something before anybody looked
none       | in-reply-to | -      | requester   | open       | until_closed | attach             | the customer answers
none       | references  | -      | requester   | open       | until_closed | attach             | the mail program sends no In-Reply-To
none       | in-reply-to | -      | requester   | pending    | until_closed | open               | what was waited for is there
none       | references  | -      | requester   | on_hold    | until_closed | open               | what was waited for is there
none       | in-reply-to | -      | requester   | solved     | until_closed | reopen             | it is not solved after all
none       | in-reply-to | -      | requester   | solved-old | until_closed | reopen             | without a window it may always be reopened until it is closed
none       | in-reply-to | -      | requester   | solved     | window       | reopen             | the window is open
none       | in-reply-to | -      | requester   | solved-old | window       | follow-up          | the window is over
none       | in-reply-to | -      | requester   | solved     | never        | follow-up          | the policy reopens nothing
none       | in-reply-to | -      | requester   | closed     | until_closed | follow-up          | a closed case takes no more messages
none       | in-reply-to | -      | requester   | closed     | window       | follow-up          | a closed case takes no more messages, whatever the window
none       | in-reply-to | -      | requester   | merged     | until_closed | attach main        | a merged case lives on in another
none       | in-reply-to | -      | requester   | trashed    | until_closed | related            | a case in the trash takes nothing
none       | in-reply-to | -      | participant | open       | until_closed | attach             | the copied colleague answers
none       | in-reply-to | -      | participant | pending    | until_closed | open               | the colleague has what was waited for
none       | in-reply-to | -      | participant | solved     | until_closed | reopen             | a participant may say that it is not solved
none       | in-reply-to | -      | participant | solved-old | window       | follow-up          | a participant may go on after the window
none       | in-reply-to | -      | participant | closed     | until_closed | follow-up          | a participant may go on after the end
none       | in-reply-to | -      | agent       | open       | until_closed | attach             | the agent answers from her own mail program
none       | in-reply-to | -      | agent       | pending    | until_closed | attach             | an agent's word changes no status
none       | in-reply-to | -      | agent       | solved     | until_closed | attach             | an agent's word reopens nothing
none       | in-reply-to | -      | agent       | solved-old | window       | attach             | an agent's word needs no window
none       | in-reply-to | -      | agent       | closed     | until_closed | follow-up          | even an agent writes nothing into a closed case
none       | in-reply-to | -      | agent?      | open       | until_closed | internal           | anybody can write an agent's address
none       | in-reply-to | -      | agent?      | solved     | until_closed | internal           | a claimed agent reopens nothing
none       | in-reply-to | -      | agent?      | closed     | until_closed | related            | a claimed agent opens no follow-up
none       | in-reply-to | -      | stranger    | new        | until_closed | internal           | somebody to whom it was passed on answers
none       | in-reply-to | -      | stranger    | open       | until_closed | internal           | a third party is heard and not shown
none       | in-reply-to | -      | stranger    | pending    | until_closed | internal           | a stranger ends no waiting
none       | in-reply-to | -      | stranger    | solved     | until_closed | internal           | a stranger reopens nothing
none       | in-reply-to | -      | stranger    | solved-old | window       | internal           | a stranger's reply waits in the case where agents see it
none       | in-reply-to | -      | stranger    | closed     | until_closed | related            | a stranger gets nothing of a closed case
none       | in-reply-to | -      | stranger    | merged     | until_closed | internal main      | a stranger is one in the surviving case too
none       | in-reply-to | -      | stranger    | trashed    | until_closed | related            | a case in the trash takes nothing
none       | in-reply-to | -      | fails       | open       | until_closed | attach             | a broken proof of the customer's address is flagged and heard
recipient  | none        | -      | requester   | open       | until_closed | attach             | the address alone leads home
recipient  | none        | -      | requester   | solved     | until_closed | reopen             | the address alone reopens
recipient  | none        | -      | requester   | closed     | until_closed | follow-up          | the address of a closed case makes a follow-up
recipient  | none        | -      | requester   | merged     | until_closed | attach main        | the address of a merged case leads to the one that lives
recipient  | none        | -      | requester   | trashed    | until_closed | related            | the address of a case in the trash
recipient  | none        | -      | participant | open       | until_closed | attach             | the copied colleague uses the address
recipient  | none        | -      | agent       | open       | until_closed | attach             | the agent uses the address
recipient  | none        | -      | agent?      | open       | until_closed | internal           | the address proves that it was seen, not who writes
recipient  | none        | -      | stranger    | open       | until_closed | internal           | the address proves that it was seen, not who writes
recipient  | none        | -      | stranger    | closed     | until_closed | related            | the address was passed on
recipient  | other       | -      | requester   | open       | until_closed | attach + conflict  | the address is stronger than the headers
recipient  | in-reply-to | other  | requester   | open       | until_closed | attach + conflict  | both are stronger than the number
message-id | none        | -      | requester   | open       | until_closed | attach             | it answers a mail of ours that nobody has seen here
message-id | other       | -      | requester   | open       | until_closed | attach + conflict  | our own signature is stronger than a known mail
message-id | unknown     | -      | requester   | pending    | until_closed | open               | it answers a mail of ours
text       | none        | -      | requester   | open       | until_closed | attach             | only what it quotes leads home
text       | none        | -      | requester   | solved     | until_closed | reopen             | only what it quotes leads home
text       | none        | -      | requester   | closed     | until_closed | follow-up          | it quotes a case that is closed
text       | none        | -      | stranger    | open       | until_closed | internal           | somebody quotes what was passed on
text       | other       | -      | requester   | open       | until_closed | attach other + conflict | headers are stronger than what is quoted
other      | in-reply-to | -      | requester   | open       | until_closed | attach other + conflict | the address is stronger than the headers
other      | in-reply-to | -      | stranger    | open       | until_closed | internal other + conflict | a stranger is one wherever it leads
forged     | none        | -      | requester   | open       | until_closed | new                | a token that we did not sign leads nowhere
forged     | in-reply-to | -      | requester   | open       | until_closed | attach             | a forged token takes nothing from the headers
none       | none        | this   | requester   | open       | until_closed | attach             | the customer writes the number into a new mail
none       | none        | this   | participant | pending    | until_closed | open               | the colleague writes the number into a new mail
none       | none        | this   | agent       | open       | until_closed | attach             | the agent writes the number into a new mail
none       | none        | this   | requester   | solved     | until_closed | reopen             | the number is enough for people of the case
none       | none        | this   | requester   | closed     | until_closed | follow-up          | the number of a closed case
none       | none        | this   | requester   | merged     | until_closed | attach main        | the number of a merged case
none       | none        | this   | requester   | trashed    | until_closed | related            | the number of a case in the trash
none       | none        | this   | stranger    | open       | until_closed | new                | numbers can be guessed
none       | none        | this   | stranger    | closed     | until_closed | new                | numbers can be guessed, and nothing is told
none       | none        | this   | agent?      | open       | until_closed | new                | numbers can be guessed, and so can addresses of agents
none       | none        | this   | fails       | open       | until_closed | new                | a number with a broken proof may be anybody's
none       | other       | this   | requester   | open       | until_closed | attach other + conflict | headers are stronger than the number
none       | unknown     | this   | requester   | open       | until_closed | attach             | what nobody knows contradicts nothing
none       | in-reply-to | this   | requester   | open       | until_closed | attach             | two ways to one case are no conflict
none       | in-reply-to | other  | stranger    | open       | until_closed | internal           | a guessed number is not even a conflict
`;

const NOW = '2026-03-20T10:00:00.000Z';
const IN_WINDOW = '2026-03-18T10:00:00.000Z';
const BEFORE_WINDOW = '2026-03-10T10:00:00.000Z';
const ana = anAgent();

interface Cell {
  readonly token: string;
  readonly headers: string;
  readonly number: string;
  readonly sender: string;
  readonly state: string;
  readonly policy: 'until_closed' | 'window' | 'never';
  readonly becomes: string;
  readonly because: string;
}

const cells: Cell[] = MATRIX.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((column) => column.trim()))
  .map(([token, headers, number, sender, state, policy, becomes, because]) => {
    return { token, headers, number, sender, state, policy, becomes, because } as Cell;
  });

const people = { participants: ['email:dan@example.org'] };
const MAIN = aCase({ number: '30', ...people });
const OTHER = aCase({ number: '20' });
const STATES: Readonly<Record<string, () => CaseState>> = {
  new: () => aCase(people),
  open: () => aCase({ ...people, category: 'open', assigneeId: ana.id }),
  pending: () => aCase({ ...people, category: 'pending', assigneeId: ana.id }),
  on_hold: () => aCase({ ...people, category: 'on_hold', assigneeId: ana.id }),
  solved: () => aResolvedCase({ ...people, assigneeId: ana.id, resolvedAt: IN_WINDOW }),
  'solved-old': () => aResolvedCase({ ...people, assigneeId: ana.id, resolvedAt: BEFORE_WINDOW }),
  closed: () => aClosedCase({ ...people, assigneeId: ana.id }),
  merged: () => aClosedCase({ ...people, closedReason: 'merged', mergedIntoId: MAIN.id }),
  trashed: () => aCase({ ...people, deletedAt: NOW }),
};
const SENDERS: Readonly<Record<string, Pick<Interaction, 'trust'> & { readonly from: string }>> = {
  requester: { from: 'carol@example.org', trust: { verdict: 'unknown', reason: 'nothing is known' } },
  participant: { from: 'dan@example.org', trust: { verdict: 'unknown', reason: 'nothing is known' } },
  agent: { from: ana.email, trust: { verdict: 'pass', reason: 'dmarc=pass' } },
  'agent?': { from: ana.email, trust: { verdict: 'unknown', reason: 'nothing is known' } },
  stranger: { from: 'mallory@example.net', trust: { verdict: 'pass', reason: 'dmarc=pass' } },
  fails: { from: 'carol@example.org', trust: { verdict: 'fail', reason: 'dmarc=fail' } },
};

function referencesOf({ token, headers, number }: Cell, state: CaseState): Reference[] {
  const numbered = (value: string): Reference => ({ kind: 'case_number', value, via: 'subject_number' });
  const tokens: Readonly<Record<string, Reference[]>> = {
    recipient: [aCaseReference(state.id, 'recipient_token')],
    'message-id': [aCaseReference(state.id, 'message_id_token')],
    other: [aCaseReference(OTHER.id, 'recipient_token')],
  };
  const named: Readonly<Record<string, Reference[]>> = {
    'in-reply-to': [aReference('in_reply_to', '<this@x>')],
    references: [aReference('references', '<lost@x>'), aReference('references', '<this@x>')],
    other: [aReference('in_reply_to', '<other@x>')],
    unknown: [aReference('in_reply_to', '<nobody@x>')],
  };
  const inText = token === 'text' ? [aCaseReference(state.id, 'text_token')] : [];
  const numbers: Readonly<Record<string, Reference[]>> = { this: [numbered('10')], other: [numbered('20')] };
  return [...(tokens[token] ?? []), ...(named[headers] ?? []), ...inText, ...(numbers[number] ?? [])];
}

function worldOf({ policy }: Cell, state: CaseState): Snapshot {
  return aSnapshot({
    account: { reopenPolicy: policy, reopenWindowDays: policy === 'window' ? 5 : null },
    agents: [ana],
    groups: [aGroup({ members: [aMember(ana)] })],
    cases: [state, OTHER, MAIN],
    messages: {
      '<this@x>': { caseId: state.id, interactionId: 'i-this' },
      '<other@x>': { caseId: OTHER.id, interactionId: 'i-other' },
    },
    numbers: { '10': state.id, '20': OTHER.id, '30': MAIN.id },
  });
}

function mailOf(cell: Cell, state: CaseState): Interaction {
  const { from, trust } = SENDERS[cell.sender]!;
  return aMail({ messageId: '<mail@x>', from }, { trust, references: referencesOf(cell, state) });
}

/** The decision in the words of the table. */
function wordsFor(outline: Outline, state: CaseState): string {
  const conflict = outline.evidence.thread.conflicts.length === 0 ? '' : ' + conflict';
  if (isOpened(outline)) {
    return `${outline.relation?.kind.replace('_', '-') ?? 'new'}${conflict}`;
  }
  if (!isJoined(outline)) {
    return outline.outcome;
  }
  const place = { [state.id]: '', [OTHER.id]: ' other', [MAIN.id]: ' main' }[outline.state.id] ?? ' elsewhere';
  const waited = state.category === 'pending' || state.category === 'on_hold';
  const verbs = { attached: waited && outline.state.category === 'open' ? 'open' : 'attach', reopened: 'reopen' };
  const verb = outline.outcome in verbs ? verbs[outline.outcome as keyof typeof verbs] : outline.outcome;
  return `${verb}${place}${conflict}`;
}

describe('the follow-up matrix', () => {
  it('has its cells once each', () => {
    const keys = cells.map(({ token, headers, number, sender, state, policy }) =>
      [token, headers, number, sender, state, policy].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(50);
    expect(cells.every((cell) => cell.state in STATES && cell.sender in SENDERS && cell.because !== '')).toBe(true);
  });

  it.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_name, cell) => {
    const state = { ...STATES[cell.state]!(), number: '10' };
    const snapshot = worldOf(cell, state);
    const decision = decideInteraction(mailOf(cell, state), snapshot, aMoment({ now: NOW }));
    const outline = outlineOf(decision);
    expect(wordsFor(outline, state)).toBe(cell.becomes);
    const before = [...snapshot.cases.values()];
    advance(snapshot, decision.effects);
    checkPromises(outline, before, snapshot, cell);
  });
});

function nameOf({ sender, state, becomes, because, token, headers, number, policy }: Cell): string {
  const by = [token === 'none' ? '' : `token ${token}`, headers, number === '-' ? '' : `number ${number}`];
  return `${sender}, ${state} (${policy}), by ${by.filter(Boolean).join(', ')}: ${becomes}, for ${because}`;
}

/** What holds in every cell: closed and trashed cases are not written, and a conflict is told in the case's history. */
function checkPromises(outline: Outline, before: CaseState[], { cases }: Snapshot, { sender, becomes }: Cell): void {
  const full = before.filter((state) => state.closedAt !== null || state.deletedAt !== null);
  expect(full.every((state) => cases.get(state.id) === state)).toBe(true);
  expect(outline.changes.some(({ kind }) => kind === 'threading_conflict')).toBe(becomes.endsWith('+ conflict'));
  const joined = isJoined(outline) ? outline : null;
  const hidden = joined?.visibility === 'internal';
  expect(hidden).toBe(becomes.startsWith('internal'));
  expect(joined?.flags.includes('unverified_sender') ?? false).toBe(hidden);
  expect(joined?.flags.includes('failed_authentication') ?? false).toBe(sender === 'fails' && joined !== null);
}
