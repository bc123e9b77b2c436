import { describe, expect, it } from '@jest/globals';
import type { Forwarded, Interaction } from '#libs/interaction';
import {
  aCase,
  aCaseId,
  aMail,
  aMoment,
  anAgent,
  anEndpoint,
  aParty,
  aSnapshot,
  openingOf,
  outlineOf,
} from '#libs/testing';
import { decideInteraction, isOpened, type InteractionDecision, type Snapshot } from '../index.js';

const CASE_ID = aCaseId();
const ana = anAgent({ email: 'ana@acme.example' });
const proven = { verdict: 'pass', reason: 'DMARC' } as const;
const forwarded: Forwarded = {
  author: aParty('carol@example.org', 'Carol'),
  method: 'inline_block',
  confidence: 'exact',
  subject: 'The lamp',
  note: 'Please help her.',
  text: 'It does not light.',
};
const content = { subject: 'Fwd: The lamp', text: 'Please help her.\n---\nIt does not light.', attachments: [] };
const snapshot = aSnapshot({ agents: [ana] });

/** Ana forwards a mail of Carol’s. */
function forward(told: Partial<Interaction> = {}, from = 'ana@acme.example'): Interaction {
  return aMail({ messageId: 'forward@acme', from }, { forwarded, content, trust: proven, ...told });
}

function decided(interaction: Interaction, known: Snapshot): InteractionDecision {
  return decideInteraction(interaction, known, aMoment({ newId: () => CASE_ID }));
}

const requesterOf = (mail: Interaction, known: Snapshot = snapshot) =>
  openingOf(decided(mail, known)).state.supplied.email;

describe('a forward', () => {
  it('of an agent is its author’s: who, subject and description; the note stays among colleagues', () => {
    const decision = openingOf(decided(forward(), snapshot));
    expect(decision.state).toMatchObject({
      requester: { kind: 'contact', id: decision.contact?.id },
      submitter: { kind: 'agent', id: ana.id },
      subject: 'The lamp',
      description: 'It does not light.',
    });
    expect(decision.contact?.identity?.value).toBe('carol@example.org');
    expect(decision.state.participants).toEqual([]);
    expect(decision.visibility).toBe('internal');
    expect(decision.evidence.reasons[0]).toMatch(/^An agent forwarded it/);
    expect(openingOf(decided(forward({ forwarded: { ...forwarded, note: null } }), snapshot)).visibility).toBe(
      'public',
    );
  });

  it('of an agent without a block is her own', () => {
    expect(requesterOf(forward({ forwarded: null }))).toBe('ana@acme.example');
  });

  it.each<[string, Partial<Interaction>, string]>([
    ['whose proof is missing', { trust: { verdict: 'unknown', reason: '' } }, 'ana@acme.example'],
    ['with a second From', { flags: ['several_from'] }, 'ana@acme.example'],
  ])('of an agent %s is her own', (_case, told, requester) => {
    const outline = outlineOf(decided(forward(told), snapshot));
    expect(isOpened(outline) ? outline.state.supplied.email : requester).toBe(requester);
    expect(outline.contact?.identity?.value ?? null).toBeNull();
  });

  it('of a customer changes nothing, whatever he proves', () => {
    const mail = forward({}, 'bob@example.org');
    const plain = forward({ forwarded: null }, 'bob@example.org');
    const { reasons, ...evidence } = decided(mail, snapshot).evidence;
    expect(reasons[0]).toMatch(/counts only when a proven agent/);
    const expected = decided(plain, snapshot);
    expect({ ...decided(mail, snapshot), evidence }).toEqual({
      ...expected,
      evidence: { ...expected.evidence, reasons: undefined },
    });
    expect(requesterOf(mail)).toBe('bob@example.org');
  });

  it.each(['support@acme.example', 'support+cw1@acme.example', 'ana@acme.example', 'bob@acme.example'])(
    'of what %s wrote is its forwarder’s',
    (author) => {
      const known = aSnapshot({ agents: [ana, anAgent({ email: 'bob@acme.example' })] });
      expect(requesterOf(forward({ forwarded: { ...forwarded, author: aParty(author) } }), known)).toBe(
        'ana@acme.example',
      );
    },
  );

  it('is believed without a proof where the mailbox is reached by an internal route alone', () => {
    const internal = anEndpoint('support@acme.example', { trustAgents: 'always' });
    const known = aSnapshot({ agents: [ana], mailboxes: { 'support@acme.example': internal } });
    const open = forward({ trust: { verdict: 'unknown', reason: '' } });
    expect(requesterOf(open, known)).toBe('carol@example.org');
    expect(requesterOf({ ...open, flags: ['mailbox_by_header'] }, known)).toBe('ana@acme.example');
  });

  it('makes the names of the mail inside lead to its case, of an agent’s alone', () => {
    const references = [{ kind: 'message_id', value: 'carols@example.org', via: 'forwarded_message' }] as const;
    const claims = (from: string) =>
      openingOf(decided(forward({ references: [...references] }, from), snapshot)).threads.map(({ value }) => value);
    expect(claims('ana@acme.example')).toEqual(['forward@acme', 'carols@example.org']);
    expect(claims('bob@example.org')).toEqual(['forward@acme']);
  });

  it('is matched as its block could be read: a guessed author is never verified', () => {
    const known = aSnapshot({
      agents: [ana],
      identities: { 'carol@example.org': { contactId: 'c-1', verified: true } },
    });
    const matchOf = (confidence: Forwarded['confidence']) =>
      openingOf(decided(forward({ forwarded: { ...forwarded, confidence } }), known)).state.requesterMatch.method;
    expect(matchOf('exact')).toBe('R3');
    expect(matchOf('weak')).toBe('R4');
  });

  it('into a live case is for colleagues, and no answer to anybody', () => {
    const state = aCase();
    const known = aSnapshot({
      agents: [ana],
      cases: [state],
      messages: { 'carols@example.org': { caseId: state.id, interactionId: 'i-root' } },
    });
    const references = [{ kind: 'message_id', value: 'carols@example.org', via: 'forwarded_message' }] as const;
    const outline = outlineOf(decided(forward({ references: [...references] }), known));
    expect(outline).toMatchObject({ outcome: 'internal', visibility: 'internal', flags: [] });
    expect(outline).toMatchObject({ state: { id: state.id, category: state.category, firstResponseAt: null } });
    const customers = decided(forward({ references: [...references] }, 'bob@example.org'), known);
    expect(customers.verdict.outcome).toBe('created');
  });
});
