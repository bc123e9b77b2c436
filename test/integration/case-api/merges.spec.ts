import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';

type Body = Readonly<Record<string, unknown>>;

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const RITA = { requester: { email: 'rita@example.org' } };
const merge = (main: { body: CaseBody }, source_ids: unknown, more: Body = {}, headers: Record<string, string> = {}) =>
  writer.send<CaseBody & Problem & Body>(`POST ${pathOf(main)}/merge`, { source_ids, ...more }, headers);
const read = async (made: { body: CaseBody }) => (await writer.send<Body>(`GET ${pathOf(made)}`)).body;

describe('POST /v1/cases/{id}/merge', () => {
  it('lets cases end in this one, and says so on both sides', async () => {
    const main = await writer.create(RITA);
    const [one, other] = [await writer.create(RITA), await writer.create({ ...RITA, assignee_id: ANA })];
    const asAna = { 'on-behalf-of': `agent:${ANA}` };
    const ids = [one.body.id, `number:${other.body.number}`];
    const answer = await merge(main, ids, { comment: { body_text: 'One lamp, three mails.' } }, asAna);
    expect([answer.status, answer.headers['etag'], answer.body.status, answer.body.version]).toEqual([
      200,
      '"4"',
      'new',
      4,
    ]);
    expect(await read(other)).toMatchObject({
      status: 'closed',
      closed_reason: 'merged',
      resolution: `Merged into CASE-${main.body.number}`,
      resolution_source: 'merge',
      merged_into_id: main.body.id,
      merged_into: { id: main.body.id, status: 'new' },
    });
    const { body } = await writer.send<{ data: Body[] }>(`GET ${pathOf(main)}/comments`);
    expect(body.data.map(({ public: isPublic, author }) => [isPublic, (author as Body)['kind']])).toEqual([
      [false, 'system'],
      [false, 'app'],
    ]);
    expect(body.data[0]?.['body_text']).toContain(`CASE-${one.body.number} My lamp is broken`);
    const again = await merge(main, ids);
    expect([again.status, again.body.version]).toEqual([200, 4]);
  });

  it('is refused with a pointer and a reason for each source, and nothing of it is done', async () => {
    const main = await writer.create(RITA);
    const [fine, trashed, parent] = [await writer.create(RITA), await writer.create(RITA), await writer.create(RITA)];
    const part = await writer.create({ ...RITA, parent_id: parent.body.id });
    await writer.send(`DELETE ${pathOf(trashed)}`);
    const ids = [fine, trashed, part, parent, main].map(({ body }) => body.id);
    expect(codesOf(await merge(main, ids))).toEqual([
      409,
      'merge-not-allowed',
      ...[1, 2, 3, 4].map((index) => `/source_ids/${index} merge-not-allowed`),
    ]);
    expect(await read(fine)).toMatchObject({ version: 1, merged_into_id: null });
    expect(codesOf(await merge(main, [fine.body.id, 'number:999999', 'lamp']))).toEqual([
      422,
      'validation-failed',
      '/source_ids/2 validation-failed',
    ]);
    expect(codesOf(await merge(main, [fine.body.id, 'number:999999']))).toEqual([
      422,
      'unknown-case',
      '/source_ids/1 unknown-case',
    ]);
    expect(codesOf(await merge(main, []))).toEqual([422, 'validation-failed', '/source_ids validation-failed']);
    expect(
      codesOf(
        await merge(
          main,
          Array.from({ length: 51 }, () => fine.body.id),
        ),
      )[1],
    ).toBe('too-many-items');
    expect((await merge(main, [fine.body.id], {}, { 'if-match': '"9"' })).status).toBe(412);
    expect(codesOf(await merge(trashed, [fine.body.id]))).toEqual([409, 'case-deleted']);
  });

  it('asks before somebody else gets to see a case, and lets people in only when that is said', async () => {
    const [main, source] = [
      await writer.create(),
      await writer.create({ participants: [{ email: 'dan@example.org' }] }),
    ];
    expect(codesOf(await merge(main, [source.body.id]))).toEqual([
      409,
      'cross-requester-merge',
      '/source_ids/0 cross-requester-merge',
    ]);
    const confirmed = { confirm_cross_requester: true };
    const third = await writer.create();
    expect((await merge(main, [third.body.id], confirmed)).body['participants']).toEqual([]);
    const { body } = await merge(main, [source.body.id], { ...confirmed, add_participants: true });
    expect(body['participants']).toMatchObject([
      { kind: 'contact', id: source.body.requester.id, role: 'cc' },
      { email: 'dan@example.org', role: 'cc' },
    ]);
  });
});
