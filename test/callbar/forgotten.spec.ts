import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RedactCommentCommand, RedactInteractionCommand } from '#libs/case-domain';
import { type CallBarEvent, callOfEvent } from '#libs/interaction';
import { aBareCommand, aCall, aCallBarEvent, ADMINISTRATOR, byId, CALLER, instantAt } from '#libs/testing';
import { ANA } from '../e2e/acme.js';
import { openPressedWorld, type PressedWorld } from './pressed-world.js';

const SECRET = 'tr0ub4dor';
const NUMBER = '+351930000777';
const [started, , answered, ended] = aCall();
const note = (text: string, seconds: number, more: Partial<CallBarEvent> = {}): CallBarEvent =>
  aCallBarEvent('note.save', seconds, { text, noteId: 'n-1', name: `note ${text} ${seconds}`, ...more });
const create = aCallBarEvent('case.create', 20, { subject: `Subject ${SECRET}`, description: `Told ${SECRET}` });
const callBack = aCallBarEvent('callback.schedule', 27, {
  at: instantAt(90_000),
  number: NUMBER,
  text: `Ask for ${SECRET}`,
});
const dispose = aCallBarEvent('disposition.set', 26, { code: 'refund', label: `Refund ${SECRET}` });
const link = aCallBarEvent('contact.create', 28, {
  person: { name: `Maria ${SECRET}`, emails: [`${SECRET}@customer.example`], phones: [NUMBER] },
});
const PRESSED = [create, note(`Says ${SECRET}`, 25), dispose, callBack, link];
const OF_CALL_BAR = ['callback', 'callbar_event', 'contact_choice'];

let world: PressedWorld;
beforeAll(async () => {
  world = await openPressedWorld();
});
beforeEach(() => world.clear());
afterAll(() => world?.stop());

/** Tables that say one of the words, or whom an agent chose for the number of the call. */
async function traces(): Promise<string[]> {
  const tables = await world.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const texts = tables.map(({ name }) => `select '${name}' as place, t::text as row from ${name} t`);
  const rows = await world.query<{ place: string; row: string }>(texts.join(' union all '));
  const said = rows.filter(({ place, row }) => {
    return row.includes(SECRET) || row.includes(NUMBER) || (place === 'contact_choice' && row.includes(CALLER));
  });
  return [...new Set(said.map(({ place }) => place))].sort();
}

/** A call of which agents have said everything that there is to say; its case. */
async function aPressedCall(): Promise<{ readonly callId: string; readonly caseId: string }> {
  await world.tells(started, answered, ended);
  await world.presses(...PRESSED);
  expect((await traces()).filter((place) => OF_CALL_BAR.includes(place))).toEqual(OF_CALL_BAR);
  // Each once for every address of its requester.
  const [caseId = '', ...others] = new Set((await world.cases()).map(({ id }) => id));
  expect(others).toEqual([]);
  return { callId: callOfEvent(create) ?? '', caseId };
}

function aRedaction(interactionId: string): RedactInteractionCommand {
  const reason = 'It held a password.';
  return { command: 'redact_interaction', asker: ADMINISTRATOR, expected: null, faults: [], interactionId, reason };
}

function aCommentRedaction(caseId: string, commentId: string): RedactCommentCommand {
  const asked = { asker: ADMINISTRATOR, expected: null, faults: [], target: byId(caseId) } as const;
  return { ...asked, command: 'redact_comment', commentId, reason: 'It held a password.' };
}

const purge = (caseId: string) =>
  world.asks(aBareCommand('delete', caseId, ADMINISTRATOR), aBareCommand('purge', caseId, ADMINISTRATOR));
const pressed = () =>
  world.query<Record<string, unknown>>(
    `select action, state, contact_id, event ->> 'action' as said from callbar_event order by occurred_at, id`,
  );
const untold = PRESSED.map(({ action }) => ({ action, state: 'applied', contact_id: null, said: action }));

describe('the redaction of a call', () => {
  it('takes away what agents said of it, whom they chose and which number they wanted to call', async () => {
    const { callId } = await aPressedCall();
    expect(await world.asks(aRedaction(callId))).toEqual(['done']);
    expect((await traces()).filter((place) => OF_CALL_BAR.includes(place))).toEqual([]);
    expect(await pressed()).toEqual(untold);
    // That somebody is waited for stays.
    expect(await world.query('select at, number, told_at from callback')).toEqual([
      { at: new Date(instantAt(90_000)), number: null, told_at: null },
    ]);
  });

  it('79 brings nothing back with what is told again or pressed since, and goes on taking what is new', async () => {
    const { callId, caseId } = await aPressedCall();
    await world.asks(aRedaction(callId));
    const before = await world.comments();
    expect(await world.presses(...PRESSED)).toEqual(PRESSED.map(() => 'duplicate'));
    await world.tells(started, answered, ended);
    expect(await world.comments()).toEqual(before);
    // The same note in other words, and another disposition.
    const again = [note('She called again.', 40), aCallBarEvent('disposition.set', 41, { code: 'done' })];
    await world.presses(...again);
    expect((await traces()).filter((place) => OF_CALL_BAR.includes(place))).toEqual([]);
    expect((await world.comments()).map(({ body_text }) => body_text)).toEqual([
      expect.stringMatching(/^Call back on/u),
      'Disposition: done',
      'She called again.',
    ]);
    const tags = await world.query<{ tags: string[] }>('select tags from cases where id = $1', [caseId]);
    expect(tags.flatMap((row) => row.tags).sort()).toEqual(['callback', 'disposition:done']);
  });

  it('says nothing of what was taken away in a case that the call is moved to afterwards', async () => {
    const { callId } = await aPressedCall();
    await world.presses(aCallBarEvent('case.create', 1, { call: null, subject: 'Other', name: 'other' }));
    const other = (await world.cases()).find(({ subject }) => subject === 'Other');
    await world.asks(aRedaction(callId));
    const to = { by: 'number', value: other?.number ?? '' } as const;
    await world.presses(aCallBarEvent('case.attach', 50, { case: to }), note('Moved.', 51, { noteId: 'n-2' }));
    expect((await world.comments()).flatMap((one) => (one.case_id === other?.id ? [one.body_text] : []))).toEqual([
      expect.stringMatching(/^Call back on [^:]*:\d\d$/u),
      'Disposition: refund',
      'Moved.',
    ]);
    expect(await world.query('select number from contact_choice')).toEqual([]);
  });

  it('ends what was still waiting for the call', async () => {
    const { callId } = await aPressedCall();
    await world.query(`update callbar_event set state = 'parked' where action = 'note.save'`);
    await world.asks(aRedaction(callId));
    expect(await world.query(`select state from callbar_event where action = 'note.save'`)).toEqual([
      { state: 'expired' },
    ]);
  });
});

describe('the redaction of a comment that an agent’s press wrote', () => {
  it('takes away what was pressed too, so that it is not said again where the call is moved to', async () => {
    const { callId, caseId } = await aPressedCall();
    await world.presses(note(`Rather ${SECRET}`, 29), note('Another one.', 30, { noteId: 'n-2' }));
    const comments = await world.query<{ id: string; body_text: string }>('select id, body_text from comment');
    const secret = comments.filter(({ body_text }) => body_text.includes(SECRET));
    expect(secret).toHaveLength(3);
    expect(await world.asks(...secret.map(({ id }) => aCommentRedaction(caseId, id)))).toEqual([
      'done',
      'done',
      'done',
    ]);
    const events = await world.query<{ action: string; row: string }>(
      `select action, t::text as row from callbar_event t order by occurred_at, id`,
    );
    const saying = events.filter(({ row }) => row.includes(SECRET) || row.includes(NUMBER));
    expect(saying.map(({ action }) => action)).toEqual(['case.create', 'contact.create']);
    expect(await world.query('select number from callback')).toEqual([{ number: null }]);

    await world.presses(aCallBarEvent('case.create', 1, { call: null, subject: 'Other', name: 'other' }));
    const other = (await world.cases()).find(({ subject }) => subject === 'Other');
    await world.presses(aCallBarEvent('case.attach', 50, { case: { by: 'number', value: other?.number ?? '' } }));
    expect((await world.comments()).flatMap((one) => (one.case_id === other?.id ? [one.body_text] : []))).toEqual([
      'Another one.',
      expect.stringMatching(/^Call back on [^:]*:\d\d$/u),
      'Disposition: refund',
    ]);
    expect(await world.query('select case_id from interaction where id = $1', [callId])).toEqual([
      { case_id: other?.id },
    ]);
  });
});

describe('the purge of a case', () => {
  it('leaves nothing that agents said of its call, nowhere', async () => {
    const { caseId } = await aPressedCall();
    expect(await purge(caseId)).toEqual(['done', 'done']);
    // Whom they wrote down is a person of its own.
    expect(await traces()).toEqual(['contact', 'contact_identity']);
    expect(await pressed()).toEqual(untold);
    expect(await world.query('select 1 from callback union all select 1 from contact_choice')).toEqual([]);
  });

  it('brings nothing back with what is pressed again, and what is pressed since waits for nobody', async () => {
    const { caseId } = await aPressedCall();
    await purge(caseId);
    expect(await world.presses(...PRESSED)).toEqual(PRESSED.map(() => 'duplicate'));
    expect(await traces()).toEqual(['contact', 'contact_identity']);
    const late = note('Anything else?', 60);
    expect(await world.presses(late)).toEqual(['parked']);
    world.setNow(instantAt(60 + 24 * 60 * 60));
    await world.timers();
    expect(await world.lineOf(late)).toMatchObject({ state: 'expired' });
    expect(await pressed()).toEqual([...untold, { ...untold[1], state: 'expired' }]);
  });

  it('takes by what it was opened without a call, and leaves what is said of others', async () => {
    const { caseId } = await aPressedCall();
    const said = { call: null, subject: `Alone ${SECRET}`, description: SECRET, agent: ANA, name: 'alone' };
    await world.presses(aCallBarEvent('case.create', 2, said));
    const alone = (await world.cases()).find(({ id }) => id !== caseId)?.id ?? '';
    await purge(alone);
    const left = await world.query<{ event: { subject?: string } }>(
      `select event from callbar_event where action = 'case.create' order by occurred_at`,
    );
    expect(left.map(({ event }) => event.subject)).toEqual([undefined, `Subject ${SECRET}`]);
    expect(await world.query('select number from callback')).toEqual([{ number: NUMBER }]);
  });
});
