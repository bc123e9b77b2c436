import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseCommand } from '#libs/case-domain';
import { type CommandAnswer, type Input, openLedger, settle } from '#libs/case-ledger';
import { ConcurrentChange } from '#libs/case-store';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { aCreation, agentIdOf, aMerge, aReopening, aResolution, anUpdate, byId, onBehalfOf } from '#libs/testing';
import { aCommandWorld, type CommandWorld } from './world.js';

const ANA = agentIdOf('ana@acme.example');
const ANA_ASKS = { asker: onBehalfOf({ id: ANA }) };
const START = Date.parse('2026-03-02T09:00:00.000Z');
const MINUTE = 60_000;

let world: CommandWorld;
let metrics: Metrics;
beforeAll(async () => {
  world = await aCommandWorld();
});
beforeEach(() => {
  metrics = new Metrics();
});
afterAll(() => world.database.drop());

/** Settles at a minute after the start; a frame may interrupt it. */
async function at(minute: number, input: Input, after?: () => Promise<void>): Promise<CommandAnswer | undefined> {
  const ledger = openLedger(world.database.pool, metrics, { now: () => new Date(START + minute * MINUTE) });
  const [settled] = await settle(ledger, [{ accountId: defaultAccountId, inputs: [input] }], after ? { after } : {});
  return settled?.known === true ? settled.answers.get(0) : undefined;
}

async function done(minute: number, command: CaseCommand): Promise<string> {
  const answer = await at(minute, { kind: 'command', command });
  if (answer === undefined || answer.outcome === 'refused') {
    throw new Error(`not carried out: ${JSON.stringify(answer)}`);
  }
  return answer.caseId ?? '';
}

const close = (caseId: string, days: number) => at(days * 24 * 60, { kind: 'due', due: 'auto_close', caseId });
const created = (priority: 'high' | null = 'high') => done(0, aCreation({ assigneeId: byId(ANA), priority }));
const reply = (id: string): CaseCommand => {
  const said = { public: true, title: null, bodyText: 'On its way.', bodyHtml: null, mentionIds: [] };
  return anUpdate(id, {}, { ...ANA_ASKS, comment: said });
};

/** What was counted and added up under a name, by its labels. */
async function observed(name: string): Promise<Record<string, readonly [number, number]>> {
  const { text } = await metrics.exposition();
  const sampled = (part: string) => {
    const lines = text.matchAll(new RegExp(`^casewright_case_${name}_seconds_${part}\\{(.*)\\} (\\S+)$`, 'gm'));
    return [...lines].map(([, labels = '', value]) => [labels.replaceAll('"', ''), Number(value)] as const);
  };
  const sums = new Map(sampled('sum'));
  return Object.fromEntries(sampled('count').map(([labels, count]) => [labels, [count, sums.get(labels) ?? NaN]]));
}

describe('the measures of cases in the metrics', () => {
  it('count each measure once, when nothing can move it any more', async () => {
    const id = await created();
    await done(10, reply(id));
    await done(20, reply(id));
    expect(await observed('first_reply')).toEqual({ 'priority=high': [1, 600] });
    await done(30, aResolution(id, ANA_ASKS));
    const first = { 'priority=high,resolution_source=agent': [1, 1800] };
    expect(await observed('first_resolution')).toEqual(first);
    await done(40, aReopening(id, ANA_ASKS));
    await done(60, aResolution(id, ANA_ASKS));
    expect([await observed('first_resolution'), await observed('resolution')]).toEqual([first, {}]);
    await close(id, 6);
    await close(id, 7);
    const ended = 'priority=high,closed_reason=auto_close';
    expect(await observed('resolution')).toEqual({ [ended]: [1, 3600] });
    expect(await observed('requester_wait')).toEqual({ [ended]: [1, 3000] });
    expect(await observed('agent_work')).toEqual({ [ended]: [1, 3000] });
    expect(await observed('status')).toEqual({
      'status=open,closed_reason=auto_close': [1, 3000],
      'status=resolved,closed_reason=auto_close': [1, 6 * 86_400 - 3000],
    });
    expect([await observed('first_reply'), await observed('first_resolution')]).toEqual([
      { 'priority=high': [1, 600] },
      first,
    ]);
  });

  it('count nothing of what was rolled back, and once what was settled again', async () => {
    const id = await created(null);
    const failed = () => Promise.reject(new RangeError('the frame failed'));
    await expect(at(5, { kind: 'command', command: reply(id) }, failed)).rejects.toThrow('the frame failed');
    expect(await observed('first_reply')).toEqual({});
    let attempts = 0;
    await at(5, { kind: 'command', command: reply(id) }, () => {
      attempts += 1;
      return attempts < 3 ? Promise.reject(new ConcurrentChange('thread_key')) : Promise.resolve();
    });
    expect([attempts, await observed('first_reply')]).toEqual([3, { 'priority=none': [1, 300] }]);
  });

  it('tell what ended by a merge from what was worked off', async () => {
    const [main, source] = [await created(), await created()];
    await done(15, aMerge(main, [source], ANA_ASKS));
    expect(await observed('first_resolution')).toEqual({ 'priority=high,resolution_source=merge': [1, 900] });
    expect(await observed('resolution')).toEqual({ 'priority=high,closed_reason=merged': [1, 900] });
  });
});
