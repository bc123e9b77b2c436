import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseCommand } from '#libs/case-domain';
import { type CommandAnswer, settle } from '#libs/case-ledger';
import { loadSurvivor } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import {
  aBareCommand,
  aCreation,
  ADMINISTRATOR,
  agentIdOf,
  aMail,
  aMerge,
  anAsker,
  anUpdate,
  aResolution,
  byId,
} from '#libs/testing';
import { aTeam, testBuilder, type TestBuilder } from '../case-builder/builder.js';

let builder: TestBuilder;
beforeAll(async () => {
  builder = await testBuilder(aTeam('least_open', 'ana'), 20);
});
afterAll(() => builder.database.drop());

const rows = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await builder.database.pool.query<Row>(text, values)).rows;

async function command(given: CaseCommand): Promise<CommandAnswer | undefined> {
  const work = { accountId: defaultAccountId, inputs: [{ kind: 'command', command: given }] } as const;
  const [settled] = await settle(builder.dependencies.ledger, [work]);
  return settled?.known === true ? settled.answers.get(0) : undefined;
}
const endOf = async (given: CaseCommand): Promise<string | undefined> => {
  const answer = await command(given);
  return answer?.outcome === 'refused' ? answer.code : answer?.outcome;
};
async function made(wish: Parameters<typeof aCreation>[0] = {}): Promise<string> {
  const answer = await command(aCreation(wish));
  return answer !== undefined && 'caseId' in answer ? (answer.caseId ?? '') : '';
}

let offset = 0;
const arrive = (...mails: Interaction[]): Promise<void> => {
  offset += mails.length;
  return builder.handle(mails, { offset: offset - mails.length });
};
const caseOf = async ({ id }: Interaction): Promise<string> =>
  (await rows<{ case_id: string }>('select case_id from interaction where id = $1', [id]))[0]?.case_id ?? '';
const kindsOf = async (caseId: string): Promise<string[]> =>
  (await rows<{ kind: string }>('select kind from case_event where case_id = $1 order by seq', [caseId])).map(
    ({ kind }) => kind,
  );

/** Two conversations of one person, each in a case of its own. */
async function twoConversations(name: string) {
  const from = `${name}@example.org`;
  const [one, other] = [1, 2].map((part) => aMail({ messageId: `${name}-${part}@example.org`, from }));
  await arrive(one!, other!);
  return { from, main: await caseOf(one!), source: await caseOf(other!), other: other! };
}

describe('a merge by hand, through the ledger', () => {
  it('of a follow-up leaves the case that it follows up at work, and later ones of it', async () => {
    const [first, main] = [await made(), await made()];
    expect(await endOf(aResolution(first, { asker: ADMINISTRATOR }))).toBe('done');
    const answer = await command(aCreation({}, { followUpOf: byId(first) }));
    const followUp = answer !== undefined && 'caseId' in answer ? (answer.caseId ?? '') : '';
    expect(await endOf(aMerge(main, [followUp]))).toBe('done');
    expect(await endOf(anUpdate(first, { excludeFromAutoClose: true }))).toBe('done');
    expect(await endOf(anUpdate(followUp, { priority: 'low' }))).toBe('case-closed');
  });

  it('of a case leaves what follows it up at work', async () => {
    const [first, main] = [await made(), await made()];
    expect(await endOf(aResolution(first, { asker: ADMINISTRATOR }))).toBe('done');
    const answer = await command(aCreation({}, { followUpOf: byId(first) }));
    const followUp = answer !== undefined && 'caseId' in answer ? (answer.caseId ?? '') : '';
    expect(await endOf(aMerge(main, [first]))).toBe('done');
    expect(await endOf(anUpdate(followUp, { priority: 'low' }))).toBe('done');
  });

  it('40 leads mail in the thread of a source to the main case, and leaves what was said where it is', async () => {
    const { from, main, source, other } = await twoConversations('rita');
    expect(await endOf(aMerge(main, [source]))).toBe('done');
    expect(await caseOf(other)).toBe(source);
    const reply = aMail({ messageId: 'rita-3@example.org', from, inReplyTo: 'rita-2@example.org' });
    await arrive(reply);
    expect(await caseOf(reply)).toBe(main);
    const [row] = await rows('select interaction_count, comment_count, category from cases where id = $1', [main]);
    expect(row).toEqual({ interaction_count: 2, comment_count: 1, category: 'open' });
    expect(await kindsOf(main)).toEqual(
      expect.arrayContaining(['merge_received', 'comment_added', 'interaction_attached']),
    );
    // And along a chain of merges.
    const third = await made({ requester: { form: 'email', value: from, name: null } });
    expect(await endOf(aMerge(third, [main]))).toBe('done');
    const later = aMail({ messageId: 'rita-4@example.org', from, inReplyTo: 'rita-2@example.org' });
    await arrive(later);
    expect(await caseOf(later)).toBe(third);
    const links = await rows('select from_case_id, to_case_id, kind from case_link where from_case_id = any ($1)', [
      [main, source],
    ]);
    expect(links).toEqual(
      expect.arrayContaining([
        { from_case_id: source, to_case_id: main, kind: 'merged' },
        { from_case_id: main, to_case_id: third, kind: 'merged' },
      ]),
    );
  });

  it('40 leaves its sources readable and answerable when the main case is purged', async () => {
    const { from, main, source } = await twoConversations('paula');
    expect(await endOf(aMerge(main, [source]))).toBe('done');
    await command(aBareCommand('delete', main));
    expect(await endOf(aBareCommand('purge', main, ADMINISTRATOR))).toBe('done');
    expect(await endOf(anUpdate(source, { priority: 'low' }))).toBe('case-closed');
    const reply = aMail({ messageId: 'paula-3@example.org', from, inReplyTo: 'paula-2@example.org' });
    await arrive(reply);
    const [row] = await rows('select follow_up_of_id from cases where id = $1', [await caseOf(reply)]);
    expect(row).toEqual({ follow_up_of_id: source });
    expect(await loadSurvivor(builder.database.pool, defaultAccountId, source)).toBeNull();
  });

  it('is done once when two opposite ones come at the same time, without a deadlock', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const [one, other] = [await made(), await made()];
      const ends = await Promise.all([endOf(aMerge(one, [other])), endOf(aMerge(other, [one]))]);
      expect(ends.sort()).toEqual(['case-closed', 'done']);
    }
    const [deadlocks] = await rows<{ n: number }>(
      'select deadlocks::int as n from pg_stat_database where datname = current_database()',
    );
    expect(deadlocks?.n).toBe(0);
  });

  it('loses no mail that arrives meanwhile, and puts none on a closed case', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const name = `race${turn}`;
      const { from, main, source } = await twoConversations(name);
      const replies = [3, 4, 5].map((part) =>
        aMail({ messageId: `${name}-${part}@example.org`, from, inReplyTo: `${name}-2@example.org` }),
      );
      const [end] = await Promise.all([
        endOf(aMerge(main, [source])),
        ...replies.map((mail, partition) => builder.handle([mail], { partition: partition + 1, offset: turn })),
      ]);
      expect(end).toBe('done');
      expect((await kindsOf(source)).at(-1)).toBe('merged');
      for (const mail of replies) {
        expect([main, source]).toContain(await caseOf(mail));
      }
      const counted = await rows<{ counted: number; there: number }>(
        `select interaction_count as counted, (select count(*)::int from interaction i where i.case_id = c.id) as there
         from cases c where id = any ($1)`,
        [[main, source]],
      );
      counted.forEach(({ counted: count, there }) => expect(count).toBe(there));
      expect(counted.reduce((sum, { there }) => sum + there, 0)).toBe(5);
    }
  });

  it('takes resolved subcases along, relinks incidents, and is refused whole', async () => {
    const ana = byId(agentIdOf('ana@acme.example'));
    const [main, source] = [await made({ type: 'problem' }), await made({ type: 'problem' })];
    const part = await made({ parentId: byId(source), assigneeId: ana });
    const incident = await made({ type: 'incident', problemId: byId(source) });
    const closed = await made({ assigneeId: ana });
    await command(aMerge(await made(), [closed]));
    expect(await endOf(aMerge(main, [source]))).toBe('merge-not-allowed');
    await command(aResolution(part, { asker: anAsker() }));
    const refused = await command(aMerge(main, [source, closed]));
    expect(refused).toMatchObject({ code: 'merge-not-allowed', faults: [{ pointer: '/source_ids/1' }] });
    expect(await kindsOf(source)).toEqual(['created']);
    expect(await endOf(aMerge(main, [source]))).toBe('done');
    const after = await rows('select id, closed_reason, problem_id from cases where id = any ($1) order by id', [
      [part, incident].sort(),
    ]);
    expect(after).toEqual(
      expect.arrayContaining([
        { id: part, closed_reason: 'merged', problem_id: null },
        { id: incident, closed_reason: null, problem_id: main },
      ]),
    );
    expect(await endOf(anUpdate(source, { priority: 'low' }))).toBe('case-closed');
    expect(await endOf(aMerge(main, [source]))).toBe('unchanged');
  });
});
