import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aCall, aCallBarEvent, aCallFact, aCallParty, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { ANA } from '../e2e/acme.js';
import { openPressedWorld, type PressedWorld } from './pressed-world.js';

const RUI = 'rui@acme.example';
const [started, ringing, answered, ended] = aCall();
const left = aVoicemailFact('left', 50, { callId: 'c-77', from: aCallParty(CALLER), to: aCallParty(LINE) });
const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending', durationMs: 47_000 } });
const missed = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
const create = aCallBarEvent('case.create', 20);
const detach = (value: string, seconds = 40) =>
  aCallBarEvent('case.detach', seconds, { case: { by: 'number', value }, name: `detach ${value} ${seconds}` });
const attach = (value: string, seconds = 30) =>
  aCallBarEvent('case.attach', seconds, { case: { by: 'number', value }, name: `attach ${value} ${seconds}` });
const note = (text: string, seconds = 25) => aCallBarEvent('note.save', seconds, { text, name: `note ${text}` });

let world: PressedWorld;
beforeAll(async () => {
  world = await openPressedWorld();
});
beforeEach(() => world.clear());
afterAll(() => world?.stop());

/** A case that was there before, by a request without a call; its number. */
async function anEarlierCase(name = 'earlier', agent = RUI): Promise<{ id: string; number: string }> {
  const event = aCallBarEvent('case.create', 1, { call: null, subject: name, agent, name });
  await world.presses(event);
  const cases = await world.cases();
  const made = cases.find(({ subject }) => subject === name);
  return { id: made?.id ?? '', number: made?.number ?? '' };
}

describe('case.create', () => {
  it('opens a case while the call still rings, which is the agent’s, and the call goes on in it', async () => {
    await world.tells(started, ringing);
    expect(await world.cases()).toEqual([]);
    await world.presses(create);
    expect(await world.theCase()).toMatchObject({ assignee: ANA, category: 'open', requester: CALLER });
    expect(await world.lineOf(create)).toMatchObject({ state: 'applied', created: true });
    await world.tells(answered, ended);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: ANA });
  });

  it('after the automatic rule, and pressed twice, is the same case', async () => {
    await world.tells(started, answered);
    const again = aCallBarEvent('case.create', 21, { agent: RUI });
    await world.presses(create);
    expect(await world.presses(create)).toEqual(['duplicate']);
    await world.presses(again);
    expect(await world.theCase()).toMatchObject({ assignee: RUI, interaction_count: 1 });
    expect(await world.lineOf(again)).toMatchObject({ state: 'applied', created: false });
  });

  it('of two agents at once is one case, of whoever pressed last', async () => {
    await world.tells(started);
    const rui = aCallBarEvent('case.create', 22, { agent: RUI });
    await Promise.all([world.presses(rui), world.presses(create)]);
    expect(await world.theCase()).toMatchObject({ assignee: RUI, interaction_count: 1 });
    const lines = [await world.lineOf(create), await world.lineOf(rui)];
    expect(lines.filter((one) => one?.created === true)).toHaveLength(1);
  });

  it('without a call is a new case for each event, and for the agent where nobody else was named', async () => {
    const one = aCallBarEvent('case.create', 1, { call: null, subject: 'One', name: 'one' });
    const other = aCallBarEvent('case.create', 1, { call: null, subject: 'Other', name: 'other' });
    await world.presses(one, other);
    await world.presses(one);
    expect((await world.cases()).map(({ subject, assignee, requester }) => [subject, assignee, requester])).toEqual([
      ['One', ANA, ANA],
      ['Other', ANA, ANA],
    ]);
  });
});

describe('an event whose call is unknown', () => {
  it('55 waits for its call, then takes effect', async () => {
    await world.presses(create, note('She is angry.'));
    expect(await world.lineOf(create)).toMatchObject({ state: 'parked' });
    await world.tells(started, answered);
    expect(await world.lineOf(create)).toMatchObject({ state: 'applied' });
    expect(await world.theCase()).toMatchObject({ assignee: ANA, interaction_count: 1 });
    expect(await world.comments()).toMatchObject([{ body_text: 'She is angry.', public: false }]);
  });

  it('expires after a day', async () => {
    await world.presses(create);
    world.setNow('2026-03-03T10:15:19.000Z');
    await world.timers();
    expect(await world.lineOf(create)).toMatchObject({ state: 'parked' });
    world.setNow('2026-03-03T10:15:20.000Z');
    await world.timers();
    expect(await world.lineOf(create)).toMatchObject({ state: 'expired' });
    await world.tells(started, answered);
    expect(await world.comments()).toEqual([]);
  });

  it('F22 attached beforehand, is dialled from the case: no other comes to be', async () => {
    const earlier = await anEarlierCase();
    await world.presses(attach(earlier.number, 0));
    const dialled = aCallFact('started', 0, { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) });
    await world.tells(dialled, answered, ended);
    expect(await world.cases()).toHaveLength(1);
    expect(await world.theCase()).toMatchObject({ id: earlier.id, interaction_count: 1 });
  });
});

describe('case.attach and case.detach', () => {
  it('moves the call and its voicemail, and puts the case that it leaves away', async () => {
    const earlier = await anEarlierCase();
    await world.tells(started, missed, left, sound);
    expect((await world.cases()).map(({ interaction_count }) => interaction_count).sort()).toEqual([0, 2]);
    await world.presses(attach(earlier.number));
    const cases = await world.query<{ id: string; interaction_count: number; gone: boolean }>(
      'select id, interaction_count, deleted_at is not null as gone from cases order by created_at',
    );
    expect(cases).toEqual([
      expect.objectContaining({ id: earlier.id, interaction_count: 2, gone: false }),
      expect.objectContaining({ interaction_count: 0, gone: true }),
    ]);
    expect(new Set((await world.interactions()).map(({ case_id }) => case_id))).toEqual(new Set([earlier.id]));
  });

  it('reopens a resolved case, and follows a closed one up once', async () => {
    const earlier = await anEarlierCase();
    await world.set(earlier.id, {
      category: "'resolved'",
      resolved_at: "'2026-03-01T10:00:00Z'",
      resolution: "'Done.'",
      resolution_source: "'agent'",
      status_id: "(select id from case_status where category = 'resolved' and is_default limit 1)",
    });
    await world.tells(started, answered);
    await world.presses(attach(earlier.number));
    expect((await world.cases()).find(({ id }) => id === earlier.id)).toMatchObject({
      category: 'open',
      reopen_count: 1,
    });
    const closed = await anEarlierCase('closed');
    await world.set(closed.id, {
      category: "'resolved'",
      resolved_at: "'2026-03-01T10:00:00Z'",
      resolution: "'Done.'",
      resolution_source: "'agent'",
      status_id: "(select id from case_status where category = 'resolved' and is_default limit 1)",
      closed_at: "'2026-03-02T10:00:00Z'",
      closed_reason: "'auto_close'",
    });
    await world.presses(attach(closed.number, 50), attach(closed.number, 51));
    expect((await world.cases()).filter((one) => one.follow_up_of_id === closed.id)).toHaveLength(1);
  });

  it('56 takes the call off its case for good', async () => {
    await world.tells(started, answered);
    const { number } = await world.theCase();
    await world.presses(detach(number));
    expect(await world.interactions()).toMatchObject([{ outcome: 'recorded:detached', case_id: null }]);
    expect(await world.query('select deleted_at is not null as gone, interaction_count as n from cases')).toEqual([
      { gone: true, n: 0 },
    ]);
    await world.tells(ended, ringing);
    expect(await world.interactions()).toMatchObject([{ outcome: 'recorded:detached', case_id: null }]);
    expect(await world.cases()).toHaveLength(1);
  });

  it('56 leaves a case alone that somebody has worked in', async () => {
    await world.tells(started, answered);
    const { number, id } = await world.theCase();
    await world.query(
      `insert into case_event (account_id, id, case_id, seq, kind, occurred_at, recorded_at, actor, changes, details)
         select account_id, gen_random_uuid(), id, version + 1, 'tags_changed', now(), now(), '{"kind":"agent"}', '[]', '{}'
           from cases where id = $1`,
      [id],
    );
    await world.set(id, { version: 'version + 1' });
    await world.presses(detach(number));
    expect(await world.query('select deleted_at is not null as gone from cases')).toEqual([{ gone: false }]);
  });
});

describe('what agents say', () => {
  it('is an internal comment, changed by the same note again, and a tag for a disposition', async () => {
    await world.tells(started, answered);
    const set = (code: string, seconds: number) =>
      aCallBarEvent('disposition.set', seconds, { code, label: 'A word', name: `set ${code}` });
    const first = aCallBarEvent('note.save', 25, { text: 'First.', noteId: 'n', name: 'first' });
    const second = aCallBarEvent('note.save', 26, { text: 'Second.', noteId: 'n', name: 'second' });
    await world.presses(second, set('Sale', 30));
    await world.presses(first, set('refund', 29));
    expect(await world.comments()).toMatchObject([
      { body_text: 'Disposition: A word (Sale)' },
      { body_text: 'Second.' },
    ]);
    expect(await world.query('select tags from cases')).toEqual([{ tags: ['disposition:sale'] }]);
  });

  it('54 of a number that several people have, who it was: kept for its next call', async () => {
    const maria = aCallBarEvent('contact.create', 20, {
      person: { name: 'Maria', emails: ['maria@example.org'], phones: [] },
      name: 'maria',
    });
    await world.tells(started, answered);
    await world.presses(maria);
    const [chosen] = await world.query<{ name: string; method: string }>(
      `select c.name, k.requester_match ->> 'method' as method from cases k join contact c on c.id = k.requester_id`,
    );
    expect(chosen).toEqual({ name: 'Maria', method: 'R5' });
    expect(await world.query('select number from contact_choice')).toEqual([{ number: CALLER }]);
    // A later fact of the telephone system undoes nothing of it.
    await world.tells(ended, ringing);
    expect(await world.query("select requester_match ->> 'method' as method from cases")).toEqual([{ method: 'R5' }]);
  });

  it('goes where the call goes', async () => {
    const earlier = await anEarlierCase();
    await world.tells(started, answered);
    await world.presses(note('Wants a refund.'));
    await world.presses(attach(earlier.number));
    expect((await world.comments()).filter(({ case_id }) => case_id === earlier.id)).toHaveLength(1);
  });

  it('that somebody is to be called back is told when it is time, unless the agent has called', async () => {
    const at = instantAt(3600);
    await world.tells(started, answered, ended);
    await world.presses(aCallBarEvent('callback.schedule', 30, { at, text: 'With the price' }));
    const { id } = await world.theCase();
    await world.timers();
    expect((await world.events(id)).map(({ kind }) => kind)).not.toContain('callback_due');
    world.setNow(at);
    await world.timers();
    await world.timers();
    expect((await world.events(id)).filter(({ kind }) => kind === 'callback_due')).toHaveLength(1);
    expect(await world.comments()).toMatchObject([{ body_text: 'Call back on 2 Mar 2026 11:15: With the price' }]);
  });
});
