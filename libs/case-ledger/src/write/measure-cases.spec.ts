import { expect, it } from '@jest/globals';
import type { Queryable } from '#libs/case-store';
import { aCase, ACCOUNT_ID, aClosedCase } from '#libs/testing';
import { measureCases } from './measure-cases.js';

const NOW = '2026-03-06T12:00:00.000Z';

/** Answers nothing, and counts how often it was asked. */
function aSilentDatabase(): { readonly client: Queryable; readonly asked: string[] } {
  const asked: string[] = [];
  const query = ({ name }: { name: string }) => {
    asked.push(name);
    return Promise.resolve({ rows: [], rowCount: 0 });
  };
  return { client: { query } as unknown as Queryable, asked };
}

it('asks the database nothing about cases that go on, however many there are, and once about those that ended', async () => {
  const { client, asked } = aSilentDatabase();
  const before = aCase();
  const replied = { ...before, firstResponseAt: '2026-03-01T09:05:00.000Z' };
  const plan = { accountId: ACCOUNT_ID, now: NOW, inserted: [aCase()], updated: [replied] };
  const measured = await measureCases(client, plan, new Map([[before.id, before]]));
  expect(measured).toEqual([
    { state: replied, final: { firstReply: 300, firstResolution: null, closed: false }, whole: null },
  ]);
  expect(asked).toEqual([]);
  const ended = await measureCases(client, { ...plan, inserted: [aClosedCase(), aClosedCase()] }, new Map());
  expect(ended.filter(({ whole }) => whole !== null)).toHaveLength(2);
  expect(asked).toEqual(['list_category_changes']);
});
