import { describe, expect, it } from '@jest/globals';
import type { Interaction, Reference } from '#libs/interaction';
import {
  aCase,
  aClosedCase,
  aMail,
  aMoment,
  aReference,
  aSnapshot,
  countProcessorTime,
  type Outline,
  outlineOf,
} from '#libs/testing';
import { canonicalSubject, sameSubject } from './canonical-subject.js';
import { advance, decideInteraction, type Snapshot } from '../index.js';

const state = aCase({ number: '12', subject: 'The kettle is broken', participants: ['email:dan@example.org'] });
const THREAD = 'imap:support@acme.example:178';

function world(): Snapshot {
  const snapshot = aSnapshot({
    cases: [state],
    messages: { '<root@x>': { caseId: state.id, interactionId: 'i-root' } },
    numbers: { '12': state.id },
  });
  snapshot.threads.set(`provider_thread\n${THREAD}`, { caseId: state.id, interactionId: 'i-root' });
  return snapshot;
}

const arrives = (mail: Interaction, snapshot = world()): Outline => {
  const decision = decideInteraction(mail, snapshot, aMoment({ now: '2026-03-10T10:00:00.000Z' }));
  advance(snapshot, decision.effects);
  return outlineOf(decision);
};
const numbered = (value: string): Reference => ({ kind: 'case_number', value, via: 'subject_number' });
const grouped: Reference = { kind: 'provider_thread', value: THREAD, via: 'provider_thread' };
const from = (sender: string, references: Reference[], more: Partial<Interaction> = {}): Interaction =>
  aMail({ messageId: `<${sender}>`, from: sender }, { references, ...more });
const failed = { trust: { verdict: 'fail', reason: 'dmarc=fail' } } as const;

describe('a case number in the subject', () => {
  it.each(['carol@example.org', 'dan@example.org'])('leads %s, who is of the case, to it', (sender) => {
    expect(arrives(from(sender, [numbered('12')]))).toMatchObject({
      outcome: 'attached',
      state: { id: state.id },
      evidence: { thread: { rule: 'subject_number', matched: { kind: 'case_number', value: '12' } } },
    });
  });

  it('leads nobody else there, and tells that it was looked at', () => {
    expect(arrives(from('mallory@example.net', [numbered('12'), numbered('13')]))).toMatchObject({
      outcome: 'created',
      evidence: {
        thread: {
          rule: 'none',
          ignored: [
            { rule: 'subject_number', value: '12', caseId: state.id, because: 'not_of_the_case' },
            { rule: 'subject_number', value: '13', because: 'unknown' },
          ],
        },
      },
    });
  });

  it('leads nobody there whose proof of identity failed', () => {
    expect(arrives(from('carol@example.org', [numbered('12')], failed))).toMatchObject({
      outcome: 'created',
      evidence: { thread: { ignored: [{ because: 'unproven' }] } },
    });
  });

  it('is weaker than headers, and the contradiction is told', () => {
    const other = aCase({ number: '13' });
    const snapshot = world();
    snapshot.cases.set(other.id, other);
    snapshot.numbers.set('13', other.id);
    const mail = from('carol@example.org', [aReference('in_reply_to', '<root@x>'), numbered('13')]);
    expect(arrives(mail, snapshot)).toMatchObject({
      state: { id: state.id },
      evidence: { thread: { rule: 'in_reply_to', conflicts: [{ rule: 'subject_number', caseId: other.id }] } },
    });
  });
});

describe('the provider’s thread', () => {
  const about = (subject: string): Partial<Interaction> => ({ content: { subject, text: '', attachments: [] } });

  it('leads people of the case to it under the same subject', () => {
    const mail = from('carol@example.org', [grouped], about('AW: Re: the kettle is  broken'));
    expect(arrives(mail)).toMatchObject({ outcome: 'attached', evidence: { thread: { rule: 'provider_thread' } } });
  });

  it.each([
    ['another subject', 'carol@example.org', 'My invoice', 'other_subject'],
    ['a stranger', 'mallory@example.net', 'The kettle is broken', 'not_of_the_case'],
  ])('does not with %s', (_name, sender, subject, because) => {
    expect(arrives(from(sender, [grouped], about(subject)))).toMatchObject({
      outcome: 'created',
      evidence: { thread: { ignored: [{ rule: 'provider_thread', because }] } },
    });
  });

  it('is not asked when something better is known, and stays with its first case', () => {
    const snapshot = world();
    const mail = from('carol@example.org', [grouped], about('My invoice'));
    const second = arrives(
      { ...mail, threadKeys: [...mail.threadKeys, { kind: 'provider_thread', value: THREAD }] },
      snapshot,
    );
    expect(second.outcome).toBe('created');
    expect(snapshot.threads.get(`provider_thread\n${THREAD}`)?.caseId).toBe(state.id);
    const reply = from('carol@example.org', [aReference('in_reply_to', '<carol@example.org>'), grouped]);
    expect(arrives({ ...reply, threadKeys: [] }, snapshot)).toMatchObject({ evidence: { thread: { conflicts: [] } } });
  });

  it('that nobody knows is a name to be known by, and nothing to wait for', () => {
    const snapshot = aSnapshot();
    const mail = aMail({ messageId: '<first@x>' }, { references: [grouped] });
    arrives({ ...mail, threadKeys: [...mail.threadKeys, { kind: 'provider_thread', value: THREAD }] }, snapshot);
    expect(snapshot.threads.get(`provider_thread\n${THREAD}`)).toMatchObject({ interactionId: mail.id });
  });
});

describe('a Message-ID that comes again', () => {
  it('with other content makes another case, and replies go on leading to the first', () => {
    const snapshot = world();
    const again = arrives(aMail({ messageId: '<root@x>', from: 'printer@example.net' }), snapshot);
    expect(again).toMatchObject({
      outcome: 'created',
      relation: null,
      threads: [],
      changes: [{ details: { flags: ['message_id_reused'] } }],
      evidence: { thread: { rule: 'none', nameReused: true } },
    });
    const reply = aMail({ messageId: '<reply@x>', from: 'carol@example.org', inReplyTo: '<root@x>' });
    expect(arrives(reply, snapshot)).toMatchObject({ outcome: 'attached', state: { id: state.id } });
  });

  it('is flagged on a message that belongs to a case by its references', () => {
    const snapshot = world();
    const twin = aMail({ messageId: '<twin@x>', from: 'carol@example.org', inReplyTo: '<root@x>' });
    arrives(twin, snapshot);
    expect(arrives({ ...twin, id: 'another' }, snapshot)).toMatchObject({
      outcome: 'attached',
      flags: ['message_id_reused'],
    });
  });
});

describe('the cases of one family', () => {
  const closed = aClosedCase({ number: '12' });
  const followUp = aCase({ number: '14', rootCaseId: closed.id, followUpOfId: closed.id });
  const snapshot = (): Snapshot =>
    aSnapshot({
      cases: [closed, followUp],
      messages: {
        '<old@x>': { caseId: closed.id, interactionId: 'i-old' },
        '<new@x>': { caseId: followUp.id, interactionId: 'i-new' },
      },
      numbers: { '12': closed.id },
    });

  it.each([
    ['newest first', ['<new@x>', '<old@x>']],
    ['oldest first', ['<old@x>', '<new@x>']],
  ])('do not contradict each other in a reply that names both, %s', (_order, names) => {
    const references = [...names.map((name) => aReference('references', name)), numbered('12')];
    const decision = arrives(from('carol@example.org', references), snapshot());
    expect(decision).toMatchObject({ outcome: 'attached', state: { id: followUp.id } });
    expect(decision.evidence.thread.conflicts).toEqual([]);
  });
});

describe('what did not count', () => {
  it('is told with its reason, ten of it at most', () => {
    const unknown = Array.from({ length: 30 }, (_, index) => `<u${index}@x>`);
    const mail = aMail({ messageId: '<own@x>', inReplyTo: '<own@x>', references: unknown });
    const { thread } = arrives(mail).evidence;
    expect(thread.ignored).toHaveLength(10);
    expect(thread.ignored?.slice(0, 2)).toEqual([
      { rule: 'in_reply_to', kind: 'message_id', value: '<own@x>', because: 'own_name' },
      { rule: 'references', kind: 'message_id', value: '<u0@x>', because: 'unknown' },
    ]);
  });

  it('is left out when there is nothing to tell', () => {
    expect(arrives(aMail({ messageId: '<plain@x>' })).evidence.thread).toEqual({
      rule: 'none',
      matched: null,
      namedCaseId: null,
      conflicts: [],
    });
  });
});

describe('a changed subject', () => {
  it.each([
    ['in_reply_to', 'My invoice', true],
    ['references', 'My invoice', true],
    ['in_reply_to', 'SV: The kettle is broken', undefined],
    ['recipient_token', 'My invoice', undefined],
  ] as const)('by %s with "%s" decides nothing and is noted: %s', (via, subject, noted) => {
    const reference: Reference =
      via === 'recipient_token' ? { kind: 'case', value: state.id, via } : aReference(via, '<root@x>');
    const mail = from('carol@example.org', [reference], { content: { subject, text: '', attachments: [] } });
    const decision = arrives(mail);
    expect(decision.outcome).toBe('attached');
    expect(decision.evidence.thread.subjectChanged).toBe(noted);
  });

  it.each([
    ['Re: RE[2]: Fwd: Lamp', 'lamp'],
    ['AW: WG: Lampe', 'lampe'],
    ['Antw.: Lamp', 'lamp'],
    ['回复：转发: 台灯', '台灯'],
    ['Re : Lamp', 'lamp'],
    ['Reminder: pay', 'reminder: pay'],
    ['Note: Re: x', 'note: re: x'],
    [':', ':'],
    ['', ''],
    ['[EXTERNAL] Re: The kettle', 'the kettle'],
    ['[EXT] [SPAM?] AW: The kettle', 'the kettle'],
    ['*** SPAM *** Re: [EXTERN] The kettle', 'the kettle'],
    ['Externe E-Mail: Re: The kettle', 'externe e-mail: re: the kettle'],
    ['[CASE-12] The kettle', '[case-12] the kettle'],
    ['[External hard disk] The kettle', '[external hard disk] the kettle'],
    ['Отв: Пересл: The kettle', 'the kettle'],
    ['답장: The kettle', 'the kettle'],
    ['תשובה: הועבר: The kettle', 'the kettle'],
    ['Antwort: Redir: The kettle', 'the kettle'],
  ])('%s is about %s', (subject, canonical) => expect(canonicalSubject(subject)).toBe(canonical));

  it('is none when a case keeps only the beginning of a long one', () => {
    const long = 'word '.repeat(100);
    expect(sameSubject(`Re: ${long}`, long.slice(0, 150))).toBe(true);
    expect(sameSubject('Lamp', 'Lamp two')).toBe(false);
  });

  it('is found in linear time', () => {
    const computed = countProcessorTime();
    canonicalSubject('re:'.repeat(500_000));
    canonicalSubject(' '.repeat(1_000_000));
    expect(computed()).toBeLessThan(500);
  });
});
