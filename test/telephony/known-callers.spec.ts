import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER, LINE } from '#libs/testing';
import { logsUnderTest } from '../e2e/logs.js';
import { generic, twilio, zammad } from '../webhooks/senders.js';
import { answeredCall, missedCall } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const MINUTE = 60;

describe.each(logsUnderTest())('people who call, by webhook, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  /** Contacts that a directory told of, each with a number. */
  async function people(given: Readonly<Record<string, string>>, isShared = false): Promise<void> {
    await world.pool.query(
      `with made as (
         insert into contact (account_id, id, name, created_at)
         select a.id, gen_random_uuid(), one.name, now() from account a, unnest($1::text[]) as one (name) returning account_id, id, name
       )
       insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen, is_shared)
       select account_id, 'phone', number, id, number, now(), $3
       from made join unnest($1::text[], $2::text[]) as given (name, number) using (name)`,
      [Object.keys(given), Object.values(given), isShared],
    );
  }

  it('F2 one person stays one when a country changes its numbers', async () => {
    await people({ Beatriz: '+5541987990000', Luz: '+525512345678', Loja: '+554133330000' });
    const now = { Timestamp: new Date().toUTCString(), Direction: 'inbound', CallStatus: 'no-answer' };
    await world.sends(
      zammad({ event: 'hangup', callId: 'z-f2', from: '554187990000', to: '351210000000', cause: 'noAnswer' }),
      twilio(new URLSearchParams({ CallSid: 'CAf2', From: '+5215512345678', To: LINE, ...now }).toString()),
      generic({ ...calledNow('g-f2', '+554133330000'), to: LINE }),
    );
    const { rows } = await world.pool.query<{ name: string }>(
      `select r.name, c.requester_match ->> 'method' as method, c.supplied ->> 'phone' as phone
         from cases c join contact r on r.account_id = c.account_id and r.id = c.requester_id order by r.name`,
    );
    expect(rows).toEqual([
      { name: 'Beatriz', method: 'phone_variant', phone: '554187990000' },
      { name: 'Loja', method: 'R4', phone: '+554133330000' },
      { name: 'Luz', method: 'phone_variant', phone: '+5215512345678' },
    ]);
    expect(await world.contacts()).toHaveLength(3);
  });

  it('F3 a switchboard of eight people: two calls, one case, candidates in one order; who it was, an agent says', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Person ${index}`);
    await people(Object.fromEntries(names.map((name) => [name, CALLER])), true);
    await world.sends(...answeredCall('s-1', 0));
    const matches = async (): Promise<{ candidates: string[]; method: string }[]> =>
      (
        await world.pool.query<{ m: { candidates: string[]; method: string } }>(
          'select requester_match as m from cases',
        )
      ).rows.map(({ m }) => m);
    const [first] = await matches();
    await world.sends(...answeredCall('s-2', 50 * MINUTE));
    expect([(await world.interactions()).length, (await world.cases()).length]).toEqual([2, 1]);
    expect(first?.candidates).toHaveLength(8);
    expect(await matches()).toEqual([first]);
    const second = (await world.interactions()).at(-1);
    const { body } = await world.get(`/callbar/v1/calls/${second?.id}`);
    const shown = (body['candidates'] as { contact_id: string }[]).map(({ contact_id: id }) => id);
    expect(shown.filter((id) => first?.candidates.includes(id))).toEqual(first?.candidates);
    const call = { call: { connection: 'generic/pbx', call_id: 's-2' }, contact_id: first?.candidates[3] };
    await world.press('contact.link', call, { headers: { prefer: 'wait=10' } });
    await world.settled();
    expect(await matches()).toMatchObject([{ method: 'R5', confidence: 'exact' }]);
    expect([(await world.interactions()).length, (await world.cases()).length]).toEqual([2, 1]);
  });

  it('F28 callers who hide are of one case each, mean whom an agent chooses, and go with their case', async () => {
    const hidden = (call: string, seconds: number) => missedCall(call, seconds, { from: { withheld: true } });
    for (const [place, call] of ['h-1', 'h-2', 'h-3'].entries()) {
      await world.sends(...hidden(call, place * MINUTE));
    }
    const [first, second, third] = await world.cases();
    expect(new Set([first, second, third].map((one) => one?.requester_id)).size).toBe(3);
    const choose = (name: string) =>
      world.asks(`/v1/cases/${first?.id}`, { method: 'PATCH', body: { requester: { phone: CALLER_OF[name], name } } });
    const CALLER_OF: Record<string, string> = { Maria: '+351910000061', Rui: '+351910000062' };
    const throwAways = async (): Promise<unknown[]> =>
      (
        await world.pool.query<{ id: string; means: string | null }>(
          `select k.id, s.name as means from contact k left join contact s on s.account_id = k.account_id and s.id = k.merged_into
             where k.kind = 'anonymous' order by k.id`,
        )
      ).rows;
    const means = (name: string | null): unknown[] =>
      [first, second, third]
        .map((one) => ({ id: one?.requester_id, means: one === first ? name : null }))
        .sort((one, other) => ((one.id ?? '') < (other.id ?? '') ? -1 : 1));
    expect(await throwAways()).toEqual(means(null));
    await choose('Maria');
    expect(await throwAways()).toEqual(means('Maria'));
    const { data } = await world.asks<{ data: { id: string }[] }>(`/v1/cases?requester_id=${first?.requester_id}`);
    expect(data.map(({ id }) => id)).toEqual([first?.id]);
    await choose('Rui');
    expect(await throwAways()).toEqual(means('Rui'));
    for (const one of [first, second]) {
      await fetch(`${world.urls['case-api']}/v1/cases/${one?.id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.apiKey}` },
      });
      await fetch(`${world.urls['case-api']}/v1/cases/${one?.id}?permanent=true`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.apiKey}` },
      });
    }
    expect(await throwAways()).toEqual([{ id: third?.requester_id, means: null }]);
    expect((await world.contacts()).map(({ name }) => name)).toEqual(expect.arrayContaining(['Maria', 'Rui']));
  });

  it('F11 a call that names the id by which a CRM knew a contact before a merge is hers', async () => {
    await people({ Alice: '+351910000071', Bea: '+351910000072' });
    await world.pool.query(
      `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
       select account_id, 'external', case name when 'Alice' then 'zendesk:100' else 'zendesk:200' end, id, name, now() from contact`,
    );
    await world.pool.query(
      `update contact set merged_into = (select id from contact where name = 'Alice') where name = 'Bea'`,
    );
    const contact = { integration: 'zendesk', external_id: '200' };
    await world.sends(...missedCall('f11', 0, { from: '+351910000099', contact }));
    const { rows } = await world.pool.query(
      `select r.name, c.requester_match ->> 'method' as method from cases c join contact r on r.id = c.requester_id`,
    );
    expect(rows).toEqual([{ name: 'Alice', method: 'R1' }]);
  });

  function calledNow(id: string, from: string): object {
    return { id, type: 'call.ended', occurred_at: new Date().toISOString(), call_id: id, from, reason: 'no_answer' };
  }
});
