import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyChange, type CaseChange, type CaseState } from '#libs/case-domain';
import { recordsOf } from '#libs/case-ledger';
import { listCaseEvents, loadCase, readOutbox } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { sweepContents } from '../../../apps/case-builder/src/timers/sweep-contents.js';
import { aMail, aReply, type Mail } from '../../mails/a-mail.js';
import { arrivingMails, type ArrivingMails } from './arriving-mails.js';
import { closeAfter, receive } from './beside-http.js';
import { aCaseWriter, ANA, type CaseWriter, codesOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import { suspend } from './suspended.js';
import type { Answer } from './world.js';

type Read = Record<string, unknown>;
const SECRET = 'tr0ub4dor';
const signal = new AbortController().signal;

let writer: CaseWriter;
let mails: ArrivingMails;
beforeAll(async () => {
  writer = await aCaseWriter();
  mails = arrivingMails(writer.world);
});
afterAll(async () => {
  await mails.stop();
  await writer.world.close();
});

const PART = ['--part', 'Content-Type: text/plain; charset=utf-8', ''];
const FILE = ['--part', 'Content-Type: text/csv', 'Content-Disposition: attachment; filename="tr0ub4dor.csv"', ''];
/** Every part of it says the secret; the file is the same in each mail with the same `file`. */
const aSecretMail = (file: string, told: Partial<Mail> = {}): Mail =>
  aMail({
    from: `${file}@customer.example`,
    subject: `My password is ${SECRET}`,
    text: [...PART, `It is ${SECRET}.`, ...FILE, `${file};${SECRET}`, '--part--', ''].join('\n'),
    headers: [
      ['MIME-Version', '1.0'],
      ['Content-Type', 'multipart/mixed; boundary=part'],
      ['X-Mailer', SECRET],
    ],
    ...told,
  });
const arrive = async (interaction: Interaction): Promise<string> => (await receive(writer.world, interaction))[0] ?? '';
const at = ({ id }: { readonly id: string }) => `/v1/interactions/${id}`;
const redact = (one: Interaction, reason = 'It held a password.', headers: Record<string, string> = {}) =>
  writer.send<Read & Problem>(`POST ${at(one)}/redact`, { reason }, headers);
const read = async (id: string): Promise<Read> => (await writer.send<Read>(`GET /v1/cases/${id}`)).body;
const sweep = (underWayMs = -60_000) =>
  sweepContents(writer.world.database.pool, writer.world.blobs, signal, underWayMs);
const attachmentOf = ({ content }: Interaction): string => content.attachments[0]?.sha256 ?? '';
const isStored = async (sha256: string): Promise<boolean> => {
  const content = await writer.world.blobs.get(sha256);
  content?.destroy();
  return content !== null;
};
/** Tables and files that say the secret of one of these. */
async function traces(...words: readonly string[]): Promise<string[]> {
  const { database, folder } = writer.world;
  const tables = ['cases', 'case_event', 'interaction', 'idempotency_key', 'case_search', 'comment', 'dead_letter'];
  const texts = tables.map((table) => `select '${table}' as place, t::text as row from ${table} t`);
  const { rows } = await database.pool.query<{ place: string; row: string }>(texts.join(' union all '));
  const said = rows.filter(({ row }) => row.includes(SECRET) && words.some((word) => row.includes(word)));
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files
      .filter((one) => one.isFile())
      .map(async (one) => [one.name, await readFile(join(one.parentPath, one.name), 'latin1')]),
  );
  const stored = contents.filter(([, text]) => text?.includes(SECRET) && words.some((word) => text.includes(word)));
  return [...said.map(({ place }) => place), ...stored.map(([name]) => `file ${name}`)];
}
const close = async (caseId: string) => {
  await writer.send(`POST /v1/cases/${caseId}/resolve`, { resolution: 'Done.' }, { 'on-behalf-of': `agent:${ANA}` });
  await closeAfter(writer.world, String((await read(caseId))['resolved_at']), 5);
};

describe('POST /v1/interactions/{id}/redact', () => {
  it.each(['live', 'closed', 'trashed'])('79 leaves nothing of a mail of a %s case but a mark', async (state) => {
    const mail = await mails.take(aSecretMail(`mail-${state}`));
    const caseId = await arrive(mail);
    const path = `/v1/cases/${caseId}`;
    // Answers that are kept for repetitions say its words, in several ways.
    const kept = { 'idempotency-key': `patched-${state}` };
    const patched = await writer.send<Read>(`PATCH ${path}`, { priority: 'high' }, kept);
    expect(patched.body['subject']).toContain(SECRET);
    const bulk = { items: [{ op: 'update', id: caseId, patch: { tags: ['vip'] } }] };
    await writer.send('POST /v1/cases/bulk', bulk, { 'idempotency-key': `bulk-${state}` });
    await writer.send(`POST ${at(mail)}/move`, { case_id: caseId }, { 'idempotency-key': `moved-${state}` });
    await (state === 'closed' ? close(caseId) : state === 'trashed' ? writer.send(`DELETE ${path}`) : undefined);

    const redacted = await redact(mail);
    expect(redacted.status).toBe(200);
    expect(redacted.body).toMatchObject({
      sender: { value: `mail-${state}@customer.example`, name: null },
      content: { subject: '', text: '', html: null, attachments: [], raw: null },
      details: {},
      redacted_at: expect.any(String),
      redaction: { by: { kind: 'app', name: 'writer' }, reason: 'It held a password.' },
      case: { id: caseId },
    });
    expect(await read(caseId)).toMatchObject({ subject: '[redacted]', description: '[redacted]' });
    await sweep();
    expect(await traces(`mail-${state}`, caseId, mail.id)).toEqual([]);
    const again = await writer.send<Read>(`PATCH ${path}`, { priority: 'high' }, kept);
    expect([again.headers['idempotency-replayed'], again.body['subject']]).toEqual(['true', '[redacted]']);
  });

  it('answers 410 to who wants to see what it said, and goes on being found by replies', async () => {
    const first = aSecretMail('gone');
    const mail = await mails.take(first);
    const caseId = await arrive(mail);
    const raw = mail.content.raw?.sha256 ?? '';
    await redact(mail);
    for (const path of [
      `${at(mail)}/display`,
      `${at(mail)}/content/${raw}`,
      `${at(mail)}/content/${attachmentOf(mail)}`,
    ]) {
      expect(codesOf(await writer.send<Problem>(`GET ${path}`))).toEqual([410, 'redacted']);
    }
    const entries = await writer.send<{ data: readonly Read[] }>(`GET /v1/cases/${caseId}/timeline`);
    expect(JSON.stringify(entries.body)).not.toContain(SECRET);
    expect(await arrive(await mails.take(aReply(first)))).toBe(caseId);
    // What the row says is what its history adds up to (scenario 77), and what topics are told from here on.
    const { pool } = writer.world.database;
    const events = await listCaseEvents(pool, OUR_ACCOUNT, caseId, { limit: 100, afterSeq: 0 });
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'interaction_redacted', 'interaction_attached']);
    const state = events.reduce<CaseState | null>(
      (one, change) => applyChange(one, change as unknown as CaseChange),
      null,
    );
    expect(state).toMatchObject({ subject: '[redacted]', description: '[redacted]', version: 3 });
    expect((await loadCase(pool, OUR_ACCOUNT, { by: 'id', id: caseId }))?.state.description).toBe('[redacted]');
    const { rows } = await pool.query<{ id: string }>('select id from outbox order by id');
    const told = await recordsOf(
      pool,
      await readOutbox(
        pool,
        rows.map(({ id }) => id),
      ),
    );
    expect(told.map(({ headers }) => headers['ce_type'])).toContain('io.casewright.case.interaction_redacted.v1');
    expect(told.filter(({ key, value }) => key === caseId && JSON.stringify(value).includes(SECRET))).toEqual([]);
  });

  it('keeps what another mail says too, until that is redacted', async () => {
    const [one, other] = [await mails.take(aSecretMail('shared')), await mails.take(aSecretMail('shared'))];
    expect(attachmentOf(one)).toBe(attachmentOf(other));
    await arrive(one);
    await arrive(other);
    await redact(one);
    await sweep();
    expect([await isStored(attachmentOf(one)), await isStored(one.content.raw?.sha256 ?? '')]).toEqual([true, false]);
    const url = `${await writer.world.application.getUrl()}${at(other)}/content/${attachmentOf(other)}`;
    const served = await fetch(url, { headers: { authorization: `Bearer ${writer.world.ours}` } });
    expect([served.status, await served.text()]).toEqual([200, expect.stringContaining(SECRET)]);
    await redact(other);
    await sweep();
    expect(await isStored(attachmentOf(other))).toBe(false);
  });

  it('leaves content that somebody is just storing until its mail has its row', async () => {
    const one = await mails.take(aSecretMail('under-way'));
    await arrive(one);
    await redact(one);
    const other = await mails.take(aSecretMail('under-way'));
    await sweep(60_000);
    expect(await isStored(attachmentOf(other))).toBe(true);
    await arrive(other);
    await writer.world.database.pool.query('update unused_content set due_at = now()');
    await sweep();
    expect([await isStored(attachmentOf(other)), await isStored(one.content.raw?.sha256 ?? '')]).toEqual([true, false]);
  });

  it('73 is not undone by the same mail, whichever way it comes again, before and after', async () => {
    const mail = aSecretMail('again');
    const [first, before] = [await mails.take(mail), await mails.take(mail, { received: 'another.example' })];
    expect([before.id, before.content.raw?.sha256 === first.content.raw?.sha256]).toEqual([first.id, false]);
    const caseId = await arrive(first);
    await arrive(before);
    await redact(first);
    await sweep();
    expect(await traces('again')).toEqual([]);
    const after = await mails.take(mail, { received: 'third.example', mailbox: 'sales@acme.example' });
    expect(await arrive(after)).toBe(caseId);
    expect(await read(caseId)).toMatchObject({ subject: '[redacted]', interaction_count: 1 });
    expect((await writer.send<Read>(`GET ${at(first)}`)).body).toMatchObject({ content: { text: '', raw: null } });
    await sweep();
    expect(await traces('again')).toEqual([]);
  });

  it('leaves what people have written since, and takes the mail’s words out of the history of that', async () => {
    const mail = await mails.take(aSecretMail('edited'));
    const caseId = await arrive(mail);
    await writer.send(`PATCH /v1/cases/${caseId}`, { subject: 'Password was sent by mail' });
    await redact(mail);
    expect(await read(caseId)).toMatchObject({ subject: 'Password was sent by mail', description: '[redacted]' });
    type Events = { readonly data: readonly { kind: string; changes: readonly Read[] }[] };
    const { body } = await writer.send<Events>(`GET /v1/cases/${caseId}/events`);
    const changed = body.data.find(({ kind }) => kind === 'subject_changed');
    expect(changed?.changes).toContainEqual({ field: 'subject', from: '[redacted]', to: 'Password was sent by mail' });
    expect(await traces(caseId)).toEqual([]);
  });

  it('follows a mail to another case, and a case into the one that it ended in', async () => {
    const mail = await mails.take(aSecretMail('moved'));
    const source = await arrive(mail);
    const [target, main] = [await writer.create(), await writer.create()];
    await writer.send(`POST ${at(mail)}/move`, { case_id: target.body.id });
    const merged = { source_ids: [source], confirm_cross_requester: true };
    expect((await writer.send(`POST /v1/cases/${main.body.id}/merge`, merged)).status).toBe(200);
    await close(main.body.id);
    expect((await redact(mail)).status).toBe(200);
    expect([await read(source), (await read(target.body.id))['version']]).toMatchObject([{ subject: '[redacted]' }, 3]);
    await sweep();
    expect(await traces(source, target.body.id, main.body.id, 'moved')).toEqual([]);
    const { body } = await writer.send<{ data: readonly Read[] }>(`GET /v1/cases/${main.body.id}/comments`);
    expect(body.data[0]?.['body_text']).toContain(`[redacted] (0 messages, 0 comments)`);
  });

  it('is done once, by administrators with a reason, to what was settled', async () => {
    const mail = await mails.take(aSecretMail('once'));
    const caseId = await arrive(mail);
    const first = await redact(mail, 'x');
    const second = await redact(mail, 'y');
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await read(caseId)).toMatchObject({ version: 2 });
    expect(codesOf(await writer.send<Problem>(`POST ${at(mail)}/redact`, {}))).toEqual([
      ...[422, 'field-required', '/reason field-required'],
    ]);
    const options = { key: writer.world.ours, body: { reason: 'x' } };
    expect(codesOf(await writer.world.send<Problem>(`POST ${at(mail)}/redact`, options))[0]).toBe(403);
    const asAna = { 'on-behalf-of': `agent:${ANA}` };
    expect(codesOf(await redact(mail, 'x', asAna))[0]).toBe(403);
    const waiting = await suspend(writer.world, 'spoofed_sender', '2026-03-01T09:00:00.000Z');
    const refused: Answer<Problem> = await redact(waiting);
    expect(codesOf(refused)).toEqual([409, 'interaction-not-settled']);
  });
});
