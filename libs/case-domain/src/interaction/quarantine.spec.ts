import { describe, expect, it } from '@jest/globals';
import type { Interaction, Trust } from '#libs/interaction';
import {
  aCase,
  aCaseReference,
  aClosedCase,
  aGroup,
  aMail,
  aMember,
  aMoment,
  anAgent,
  anEndpoint,
  aParty,
  aSnapshot,
  outlineOf,
  type Outline,
} from '#libs/testing';
import { decideInteraction, effectsOf, type Snapshot } from '../index.js';

const ana = anAgent({ email: 'ana@acme.example' });
const trust = (verdict: Trust['verdict']): { trust: Trust } => ({ trust: { verdict, reason: 'in a test' } });
const [PASS, FAIL, UNKNOWN] = [trust('pass'), trust('fail'), trust('unknown')];
const SEVERAL = { flags: ['several_from'] };

function world(parts: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  const state = aCase({ participants: ['email:dan@example.org'] });
  return aSnapshot({
    agents: [ana],
    groups: [aGroup({ members: [aMember(ana)] })],
    identities: { 'carol@example.org': {} },
    cases: [state],
    messages: { '<root@x>': { caseId: state.id, interactionId: 'i-root' } },
    ...parts,
  });
}

function decided(mail: Interaction, snapshot = world(), released = false): Outline {
  return outlineOf(decideInteraction(mail, snapshot, aMoment(), { released }));
}

/** How it ended, in one word or two. */
function ending(outline: Outline): string {
  const byAgent = outline.submitter?.kind === 'agent';
  switch (outline.outcome) {
    case 'recorded':
      return `recorded ${outline.because}`;
    case 'suspended':
      return outline.because;
    case 'duplicate':
      return outline.outcome;
    case 'created':
    case 'followed_up':
      return byAgent ? `${outline.outcome} by agent` : outline.outcome;
    default:
      return byAgent && outline.state.lastAgentAt !== null ? 'as agent' : outline.outcome;
  }
}

const first = (from: string, more: Partial<Interaction>) => aMail({ messageId: '<first@x>', from }, more);
const reply = (from: string, more: Partial<Interaction>) =>
  aMail({ messageId: '<reply@x>', from, inReplyTo: '<root@x>' }, more);

describe('what a sender may do, by what proves it (email.md §4.4)', () => {
  it.each([
    ['a customer opens a case, proven', first('carol@example.org', PASS), 'created'],
    ['a customer opens a case, unproven', first('carol@example.org', UNKNOWN), 'created'],
    ['a customer opens a case, proof failed', first('carol@example.org', FAIL), 'created'],
    ['a customer with several From', first('carol@example.org', { ...UNKNOWN, ...SEVERAL }), 'created'],
    ['the requester goes on, proven', reply('carol@example.org', PASS), 'attached'],
    ['the requester goes on, unproven', reply('carol@example.org', UNKNOWN), 'attached'],
    ['a participant goes on, unproven', reply('dan@example.org', UNKNOWN), 'attached'],
    ['a stranger with a reference, proven', reply('mallory@example.net', PASS), 'internal'],
    ['a stranger with a reference, unproven', reply('mallory@example.net', UNKNOWN), 'internal'],
    ['an agent, proven', reply('ana@acme.example', PASS), 'as agent'],
    ['an agent, unproven', reply('ana@acme.example', UNKNOWN), 'internal'],
    ['an agent, proof failed', reply('ana@acme.example', FAIL), 'spoofed_sender'],
    ['an agent among several From', reply('ana@acme.example', { ...PASS, ...SEVERAL }), 'several_from'],
    [
      'a name of an agent only',
      reply('mallory@example.net', { ...PASS, sender: aParty('m@example.net', 'Ana') }),
      'internal',
    ],
    [
      'an agent behind a Reply-To',
      reply('form@example.net', { ...PASS, forwarded: behind('ana@acme.example') }),
      'internal',
    ],
    ['an agent for herself, proven', first('ana@acme.example', PASS), 'created by agent'],
    ['an agent for herself, unproven', first('ana@acme.example', UNKNOWN), 'created by agent'],
    ['an agent for herself, proof failed', first('ana@acme.example', FAIL), 'spoofed_sender'],
    ['our own mailbox, proof failed', first('support@acme.example', FAIL), 'spoofed_sender'],
    ['our own mailbox by a plus address', first('support+x@acme.example', FAIL), 'spoofed_sender'],
    ['a colleague who is no agent, proof failed', first('boss@acme.example', FAIL), 'spoofed_sender'],
    ['a domain that ends like ours', first('boss@notacme.example', FAIL), 'created'],
    ['a domain below ours', first('boss@evil.acme.example', FAIL), 'created'],
  ])('%s', (_, mail, expected) => {
    expect(ending(decided(mail))).toBe(expected);
  });

  it('a stranger with a genuine token is heard and flagged, on a live case only', () => {
    const state = aCase();
    const mail = aMail({ messageId: '<t@x>', from: 'mallory@example.net' }, { references: [aCaseReference(state.id)] });
    expect(decided(mail, world({ cases: [state] }))).toMatchObject({
      outcome: 'internal',
      visibility: 'internal',
      flags: ['unverified_sender'],
    });
    const closed = aClosedCase({ id: state.id });
    expect(decided(mail, world({ cases: [closed] }))).toMatchObject({
      outcome: 'created',
      relation: { kind: 'related' },
    });
  });

  it('an agent needs no proof where only our own servers reach the mailbox, and a failed one still counts', () => {
    const mailboxes = { 'support@acme.example': anEndpoint('support@acme.example', { trustAgents: 'always' }) };
    expect(ending(decided(reply('ana@acme.example', UNKNOWN), world({ mailboxes })))).toBe('as agent');
    expect(ending(decided(reply('ana@acme.example', FAIL), world({ mailboxes })))).toBe('spoofed_sender');
  });

  it('an agent goes on with her own case without a proof', () => {
    const own = aCase({ requester: { kind: 'agent', id: ana.id } });
    const messages = { '<root@x>': { caseId: own.id, interactionId: 'i-root' } };
    const decision = decided(reply('ana@acme.example', UNKNOWN), world({ cases: [own], messages }));
    expect(decision).toMatchObject({ outcome: 'attached', visibility: 'public' });
  });
});

describe('what waits', () => {
  it('touches no case and claims no name, and says what it would have joined', () => {
    const snapshot = world();
    const [state] = snapshot.cases.values();
    const mail = reply('ana@acme.example', FAIL);
    const { verdict, effects, evidence } = decideInteraction(mail, snapshot, aMoment());
    expect(verdict).toMatchObject({ outcome: 'suspended', because: 'spoofed_sender', relatedCaseId: state?.id });
    const opened = { change: 'opened', interactionId: mail.id, reason: 'spoofed_sender' } as const;
    expect(effects).toEqual(effectsOf({ suspensions: [opened] }));
    expect(evidence.reasons.at(-1)).toMatch(/proof of that failed/);
  });

  it('what went round and round', () => {
    const looping = { flags: ['too_many_hops'] };
    expect(ending(decided(first('carol@example.org', { ...PASS, ...looping })))).toBe('too_many_hops');
    const automatic = { handling: 'attach_only' } as const;
    expect(ending(decided(reply('carol@example.org', { ...looping, ...automatic })))).toBe('too_many_hops');
    expect(ending(decided(first('x@acme.example', { ...looping, handling: 'record_only' })))).toBe('recorded own_loop');
  });

  it('whose proof failed, where the account or the mailbox wants that', () => {
    const account = { unverified: 'quarantine' } as const;
    expect(ending(decided(first('carol@example.org', FAIL), world({ account })))).toBe('unverified_sender');
    expect(ending(decided(first('carol@example.org', UNKNOWN), world({ account })))).toBe('created');
    const accepts = { 'support@acme.example': anEndpoint('support@acme.example', { unverified: 'accept' }) };
    expect(ending(decided(first('carol@example.org', FAIL), world({ account, mailboxes: accepts })))).toBe('created');
    const asks = { 'support@acme.example': anEndpoint('support@acme.example', { unverified: 'quarantine' }) };
    expect(ending(decided(first('carol@example.org', FAIL), world({ mailboxes: asks })))).toBe('unverified_sender');
  });

  it('not what is automatic: it changes nothing, and strangers’ is internal', () => {
    const decision = decided(reply('ana@acme.example', { ...FAIL, handling: 'attach_only' }));
    expect(decision).toMatchObject({ outcome: 'automatic', visibility: 'internal' });
  });

  it('not what a blocked sender sends, which is recorded', () => {
    const identities = { 'boss@acme.example': { blocked: true } };
    expect(ending(decided(first('boss@acme.example', FAIL), world({ identities })))).toBe('recorded blocked_sender');
  });

  it('and goes on after its release, still without the rights that it could not prove', () => {
    expect(ending(decided(reply('ana@acme.example', FAIL), world(), true))).toBe('internal');
    expect(ending(decided(reply('ana@acme.example', { ...PASS, ...SEVERAL }), world(), true))).toBe('internal');
  });
});

function behind(address: string): NonNullable<Interaction['forwarded']> {
  return { author: aParty(address), method: 'reply_to', confidence: 'exact' };
}
