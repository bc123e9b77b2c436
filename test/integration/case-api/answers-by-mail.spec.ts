import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMail, createApiKey } from '#libs/testing';
import { closeAfter, receive } from './beside-http.js';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter } from './case-writer.js';
import { defaultStatusOf, OUR_ACCOUNT } from './identities.js';
import type { World } from './world.js';

type Read = CaseBody & { readonly resolved_at: string };

let writer: CaseWriter;
let world: World;
beforeAll(async () => {
  writer = await aCaseWriter();
  ({ world } = writer);
});
afterAll(() => world.close());

const patch = async (caseId: string, body: object): Promise<Read> => {
  const answer = await writer.send<Read>(`PATCH /v1/cases/${caseId}`, body);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};
const read = async (caseId: string): Promise<Read> => (await writer.send<Read>(`GET /v1/cases/${caseId}`)).body;

let mails = 0;
/** The case of a customer's first mail, which is Ana's then. */
async function aCaseByMail(): Promise<{ readonly caseId: string; readonly messageId: string; readonly from: string }> {
  mails += 1;
  const [messageId, from] = [`<first-${mails}@example.org>`, `customer-${mails}@example.org`];
  const [caseId = ''] = await receive(world, aMail({ messageId, from }, { accountId: OUR_ACCOUNT }));
  await patch(caseId, { assignee_id: ANA });
  return { caseId, messageId, from };
}
async function answer({ messageId, from }: Awaited<ReturnType<typeof aCaseByMail>>): Promise<string | undefined> {
  mails += 1;
  const headers = { messageId: `<answer-${mails}@example.org>`, from, inReplyTo: messageId };
  return (await receive(world, aMail(headers, { accountId: OUR_ACCOUNT })))[0];
}

describe('a customer’s answer', () => {
  it('28 to an incident that was resolved with its problem opens this one alone', async () => {
    const problem = await writer.create({ type: 'problem', assignee_id: ANA });
    const [one, other] = [await aCaseByMail(), await aCaseByMail()];
    for (const { caseId } of [one, other]) {
      await patch(caseId, { type: 'incident', problem_id: problem.body.id });
    }
    await writer.send(`POST /v1/cases/${problem.body.id}/resolve`, { resolution: 'It is up again.' });
    expect((await read(one.caseId)).status).toBe('resolved');
    expect(await answer(one)).toBe(one.caseId);
    expect(await read(one.caseId)).toMatchObject({ status: 'open', reopen_count: 1, resolution: null });
    expect([(await read(other.caseId)).status, (await read(problem.body.id)).status]).toEqual(['resolved', 'resolved']);
  });

  it('F29 is heard by the category of a status, whatever the status is called', async () => {
    const scopes = ['config:write'];
    const key = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name: 'config', scopes });
    for (const body of [
      { key: 'fixed_by_vendor', agent_label: 'Closed successfully', category: 'resolved' },
      { key: 'with_the_lab', agent_label: 'Resolved by the lab', category: 'on_hold' },
    ]) {
      expect((await world.send('POST /v1/statuses', { key, body })).status).toBe(201);
    }
    const [fixed, inLab, kept] = [await aCaseByMail(), await aCaseByMail(), await aCaseByMail()];
    await patch(fixed.caseId, { status_id: 'key:fixed_by_vendor', resolution: 'They sent a new one.' });
    const { resolved_at: since } = await patch(kept.caseId, {
      ...{ status_id: 'key:fixed_by_vendor', resolution: 'They sent a new one.' },
    });
    await patch(inLab.caseId, { status_id: 'key:with_the_lab' });
    expect([await answer(fixed), await answer(inLab)]).toEqual([fixed.caseId, inLab.caseId]);
    const open = { status: 'open', status_id: defaultStatusOf(OUR_ACCOUNT, 'open'), assignee_id: ANA };
    expect([await read(fixed.caseId), await read(inLab.caseId)]).toMatchObject([open, open]);
    // The timer that closes asks for the category alone.
    await patch(inLab.caseId, { status_id: 'key:with_the_lab' });
    expect(await closeAfter(world, since, 5)).toBeGreaterThan(0);
    expect([(await read(kept.caseId)).status, (await read(inLab.caseId)).status]).toEqual(['closed', 'on_hold']);
  });
});
