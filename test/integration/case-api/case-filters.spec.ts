import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, type Problem } from './case-writer.js';

let writer: CaseWriter;
let tag: string;
let opened: { readonly mine: CaseBody; readonly nobodys: CaseBody; readonly incident: CaseBody };
beforeAll(async () => {
  writer = await aCaseWriter();
  tag = newId();
  const requester = { email: 'rita@example.org', name: 'Rita Alves' };
  const phone = { phone: '+351210000000', name: 'Rui' };
  const mine = await writer.create({ tags: [tag, 'VIP'], requester, assignee_id: ANA, type: 'problem' });
  const nobodys = await writer.create({ tags: [tag, 'bulk'], requester: phone, group_id: 'name:Sales' });
  const incident = await writer.create({ tags: [tag], type: 'incident', problem_id: mine.body.id });
  opened = { mine: mine.body, nobodys: nobodys.body, incident: incident.body };
});
afterAll(() => writer.world.close());

async function listed(query: string): Promise<unknown[]> {
  const { body } = await writer.send<{ data: { id: string }[] }>(`GET /v1/cases?tag=${tag}&sort=created_at&${query}`);
  return body.data.map(({ id }) => id);
}

describe('filters of the list of cases', () => {
  it('take names where they take ids, and several of both', async () => {
    const { mine, nobodys, incident } = opened;
    const expected = {
      'group_id=name:Sales': [nobodys.id],
      'group_id=name:Sales,name:Support': [mine.id, nobodys.id, incident.id],
      'assignee_id=email:ANA@acme.example': [mine.id],
      [`assignee_id=${ANA},email:bo@acme.example`]: [mine.id],
      'status_id=key:open': [mine.id],
      'status_id=key:new&status_id=key:open': [mine.id, nobodys.id, incident.id],
      [`problem_id=number:${mine.number}`]: [incident.id],
      'requester_id=email:Rita@example.org': [mine.id],
      'requester_id=phone:%2B351210000000': [nobodys.id],
      'requester_id=phone:+351210000000': [nobodys.id],
      [`requester_id=${mine.requester.id},phone:%2B351210000000`]: [mine.id, nobodys.id],
      [`requester_id=${newId()}`]: [],
    };
    for (const [query, ids] of Object.entries(expected)) {
      expect([query, await listed(query)]).toEqual([query, ids]);
    }
  });

  it('take any of several tags, in any letter case', async () => {
    const { body } = await writer.send<{ data: { id: string }[] }>(
      'GET /v1/cases?tag=Vip,bulk,nothing&sort=created_at',
    );
    expect(body.data.map(({ id }) => id)).toEqual([opened.mine.id, opened.nobodys.id]);
  });

  it('find the cases of an agent who asks for herself by her address', async () => {
    const acting = { 'on-behalf-of': `agent:${ANA}` };
    const { body } = await writer.send('POST /v1/cases', { subject: 'A lamp', tags: [tag] }, acting);
    expect(await listed('requester_id=email:ana@acme.example')).toEqual([body.id]);
  });

  it('say of every name that nobody bears, and of every value and parameter, what is wrong', async () => {
    const answers = {
      'group_id=name:Nowhere': [422, 'unknown-group', '/query/group_id unknown-group'],
      'assignee_id=email:nobody@acme.example': [422, 'unknown-agent', '/query/assignee_id unknown-agent'],
      'status_id=key:lost': [422, 'unknown-status', '/query/status_id unknown-status'],
      'problem_id=number:987654321': [422, 'unknown-case', '/query/problem_id unknown-case'],
      'requester_id=email:nobody@example.org': [422, 'unknown-contact', '/query/requester_id unknown-contact'],
      'overdue=perhaps': [400, 'malformed-query', '/query/overdue malformed-query'],
      'group_id=Sales': [400, 'malformed-query', '/query/group_id malformed-query'],
      'requester_id=phone:12': [400, 'malformed-query', '/query/requester_id malformed-query'],
      'tag=a,,b': [422, 'validation-failed', '/query/tag validation-failed'],
      'sort=number': [422, 'validation-failed', '/query/sort validation-failed'],
      [`tag=${Array.from({ length: 101 }, (_, index) => index).join(',')}`]: [
        422,
        'validation-failed',
        '/query/tag validation-failed',
      ],
      'colour=red&group_id=name:Nowhere': [
        422,
        'validation-failed',
        '/query/colour unknown-field',
        '/query/group_id unknown-group',
      ],
    };
    for (const [query, codes] of Object.entries(answers)) {
      expect([query, codesOf(await writer.send<Problem>(`GET /v1/cases?${query}`))]).toEqual([query, codes]);
    }
  });
});
