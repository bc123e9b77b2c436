import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMail, type MailHeaders } from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import { closeAfter, receive } from './beside-http.js';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import { suspend } from './suspended.js';

interface InteractionBody extends Problem {
  readonly case: { readonly id: string } | null;
  readonly moves: readonly Record<string, unknown>[];
}
type Read = CaseBody & Record<string, unknown>;

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

let mails = 0;
function mail(headers: Partial<MailHeaders> = {}, occurredAt = '2026-03-02T09:00:00.000Z'): Interaction {
  mails += 1;
  const from = headers.from ?? `customer-${mails}@example.org`;
  const named = { messageId: `<move-${mails}@example.org>`, ...headers, from };
  return aMail(named, { accountId: OUR_ACCOUNT, occurredAt });
}
/** What an interaction is called, and who wrote it. */
const nameOf = ({ externalId, sender }: Interaction) => ({ inReplyTo: externalId, from: sender.value });
const arrive = async (one: Interaction): Promise<string> => (await receive(writer.world, one))[0] ?? '';
const move = ({ id }: { id: string }, body: unknown, headers: Record<string, string> = {}) =>
  writer.send<InteractionBody>(`POST /v1/interactions/${id}/move`, body, headers);
const read = async (id: string): Promise<Read> => (await writer.send<Read>(`GET /v1/cases/${id}`)).body;
const kindsOf = async (id: string) => {
  type Events = { readonly data: readonly { readonly kind: string; readonly details: Record<string, unknown> }[] };
  return (await writer.send<Events>(`GET /v1/cases/${id}/events`)).body.data;
};

describe('POST /v1/interactions/{id}/move', () => {
  it('takes a mail to another case, with what both cases say of themselves and the replies that follow', async () => {
    const first = mail({}, '2026-03-02T09:00:00.000Z');
    const source = await arrive(first);
    const second = mail(nameOf(first), '2026-03-03T09:00:00.000Z');
    expect(await arrive(second)).toBe(source);
    const target = await writer.create();
    const asAna = { 'on-behalf-of': `agent:${ANA}` };
    const answer = await move(second, { case_id: `number:${target.body.number}` }, asAna);
    expect([answer.status, answer.body.case]).toEqual([200, { id: target.body.id, number: target.body.number }]);
    expect(answer.body.moves).toMatchObject([
      { by: { kind: 'app' }, on_behalf_of: ANA, from_case_id: source, to_case_id: target.body.id, thread: true },
    ]);
    expect(await read(source)).toMatchObject({
      interaction_count: 1,
      last_requester_at: '2026-03-02T09:00:00.000Z',
      version: 3,
    });
    expect(await read(target.body.id)).toMatchObject({
      interaction_count: 1,
      last_requester_at: '2026-03-03T09:00:00.000Z',
      status: 'new',
      version: 2,
    });
    const [detached, attached] = [(await kindsOf(source)).at(-1), (await kindsOf(target.body.id)).at(-1)];
    const details = { interaction_id: second.id, thread: true, from_case: { id: source }, to_case: target.body };
    expect(detached).toMatchObject({ kind: 'interaction_detached', details: { interaction_id: second.id } });
    expect(attached).toMatchObject({
      kind: 'interaction_attached',
      details: { ...details, to_case: { id: target.body.id } },
    });
    // Who answers it comes to the new case; who answers what stayed, to the old one.
    expect(await arrive(mail(nameOf(second)))).toBe(target.body.id);
    expect(await arrive(mail(nameOf(first)))).toBe(source);
    const { body } = await writer.send<{ data: readonly { id: string }[] }>(`GET ${pathOf(target)}/interactions`);
    expect(body.data.map(({ id }) => id)).toContain(second.id);
  });

  it('73 leaves it there, however often the mail comes again', async () => {
    const first = mail();
    await arrive(first);
    const target = await writer.create();
    await move(first, { case_id: target.body.id });
    const count = async () => (await writer.world.database.pool.query('select 1 from cases')).rowCount;
    const before = await count();
    expect([await arrive(first), await count()]).toEqual([target.body.id, before]);
    const elsewhere = { ...first, endpoint: { kind: 'mailbox', address: 'sales@acme.example' } } as const;
    expect([await arrive(elsewhere), await count()]).toEqual([target.body.id, before]);
    expect(await read(target.body.id)).toMatchObject({ interaction_count: 1, version: 2 });
  });

  it('lets replies go on coming to the old case when they are not to follow', async () => {
    const first = mail();
    const source = await arrive(first);
    const target = await writer.create();
    expect((await move(first, { case_id: target.body.id, thread: false })).status).toBe(200);
    expect(await arrive(mail(nameOf(first)))).toBe(source);
  });

  it('takes a mail off its case, and on to another one later', async () => {
    const first = mail();
    const source = await arrive(first);
    const off = await move(first, { case_id: null });
    expect([off.status, off.body.case]).toEqual([200, null]);
    expect(await read(source)).toMatchObject({ interaction_count: 0, last_requester_at: null });
    const reply = mail(nameOf(first));
    const opened = await arrive(reply);
    expect(opened).not.toBe(source);
    expect(await arrive(mail(nameOf(first)))).toBe(opened);
    const target = await writer.create();
    expect((await move(first, { case_id: target.body.id })).body.moves).toHaveLength(2);
    expect(await arrive(mail(nameOf(first)))).toBe(target.body.id);
    expect(await arrive(mail(nameOf(reply)))).toBe(opened);
  });

  it('takes along what it alone waits for, so that a late parent comes to the new case', async () => {
    const parent = mail();
    const [alone, one] = [mail(nameOf(parent)), mail({ inReplyTo: '<late@example.org>', from: 'mo@example.org' })];
    const source = await arrive(alone);
    const target = await writer.create({ requester: { email: parent.sender.value } });
    await move(alone, { case_id: target.body.id });
    expect(await arrive(parent)).toBe(target.body.id);
    expect(await read(source)).toMatchObject({ interaction_count: 0 });
    // Two wait for the same: it stays with the one that stays.
    const shared = await arrive(one);
    const second = mail({ inReplyTo: '<late@example.org>', from: 'mo@example.org' });
    expect(await arrive(second)).toBe(shared);
    await move(second, { case_id: target.body.id });
    expect(await arrive(mail({ messageId: '<late@example.org>', from: 'mo@example.org' }))).toBe(shared);
  });

  it('changes nothing where it is already, and answers a repetition as before', async () => {
    const first = mail();
    const source = await arrive(first);
    const before = await read(source);
    expect((await move(first, { case_id: source })).status).toBe(200);
    expect(await read(source)).toEqual(before);
    const target = await writer.create();
    const key = { 'idempotency-key': 'moved-once' };
    await move(first, { case_id: target.body.id }, key);
    await move(first, { case_id: source });
    const again = await move(first, { case_id: target.body.id }, key);
    expect([again.headers['idempotency-replayed'], again.body.case?.id]).toEqual(['true', target.body.id]);
    expect(await read(source)).toMatchObject({ interaction_count: 1 });
  });

  it('12 is refused from and to closed cases, the trash, and of what was not settled', async () => {
    const [stays, closing] = [mail(), mail()];
    const [source, closed] = [await arrive(stays), await arrive(closing)];
    await writer.send(`POST /v1/cases/${closed}/resolve`, { resolution: 'Done.' }, { 'on-behalf-of': `agent:${ANA}` });
    await closeAfter(writer.world, String((await read(closed))['resolved_at']), 5);
    const [before, target] = [await read(closed), await writer.create()];
    expect(codesOf(await move(closing, { case_id: target.body.id }))).toEqual([409, 'case-closed']);
    expect(codesOf(await move(closing, { case_id: null }))).toEqual([409, 'case-closed']);
    expect(codesOf(await move(stays, { case_id: closed }))).toEqual([409, 'case-closed', '/case_id case-closed']);
    await writer.send(`DELETE ${pathOf(target)}`);
    expect(codesOf(await move(stays, { case_id: target.body.id }))).toEqual([
      409,
      'case-deleted',
      '/case_id case-deleted',
    ]);
    expect([await read(closed), (await read(source)).version]).toEqual([before, 1]);
    const waiting = await suspend(writer.world, 'spoofed_sender', '2026-03-01T09:00:00.000Z');
    expect(codesOf(await move(waiting, { case_id: source }))).toEqual([409, 'interaction-not-settled']);
    await writer.world.database.pool.query(`update interaction set outcome = 'erased', payload = '{}' where id = $1`, [
      waiting.id,
    ]);
    expect((await move(waiting, { case_id: source })).status).toBe(404);
  });

  it('says what is wrong with the request', async () => {
    const first = mail();
    await arrive(first);
    expect(codesOf(await move(first, {}))).toEqual([422, 'field-required', '/case_id field-required']);
    expect(codesOf(await move(first, { case_id: 'lamp', thread: 'yes' }))).toEqual([
      ...[422, 'validation-failed', '/case_id validation-failed', '/thread validation-failed'],
    ]);
    expect(codesOf(await move(first, { case_id: 'number:99999' }))).toEqual([
      422,
      'unknown-case',
      '/case_id unknown-case',
    ]);
    expect((await move({ id: 'lamp' }, { case_id: null })).status).toBe(404);
    const theirs = writer.world.theirs;
    const other = await writer.world.send<Problem>(`POST /v1/interactions/${first.id}/move`, {
      key: theirs,
      body: { case_id: null },
    });
    expect(other.status).toBe(403);
  });
});
