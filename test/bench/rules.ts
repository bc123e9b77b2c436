import { decideInteraction, lookupsOf, needsOf } from '#libs/case-domain';
import { AccountDirectory, type Declaration, declareConfiguration, findNames, loadSnapshot } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { aDeclaration, aDeclaredGroup, aDeclaredMailbox } from '#libs/testing';
import type { BenchDatabase } from './bench-server.js';
import { benchInteraction, benchRecords } from './bench-interaction.js';
import type { BenchContext } from './context.js';
import { batchDependencies, settleAll } from './decide-and-apply.js';
import { type Figure, median } from './figure.js';
import { fillExisting } from './fill-existing.js';

const RULES = 100;
const PER_ROUND = 5_000;
const DECIDED = 500;

/** Each asks for words of the text, for who writes, and for the time; one in fifty holds. */
function someRules(count: number): NonNullable<Declaration['assignmentRules']> {
  return Array.from({ length: count }, (_, index) => ({
    name: `Rule ${index}`,
    position: null,
    active: true,
    match: 'all',
    conditions: [
      { field: 'interaction.words', op: 'contains', value: index % 50 === 7 ? 'glass is cracked' : `word${index}` },
      {
        any: [
          { field: 'interaction.sender_domain', op: 'in', value: ['shop.example', `shop${index}.example`] },
          { field: 'time.business_hours_of', op: 'is_not', value: 'name:Support' },
        ],
      },
      { field: 'interaction.channel', op: 'is', value: 'email' },
    ],
    actions: [{ priority: 'high' }, { tags_add: [`tag${index}`] }],
    stop: false,
  }));
}

const declared = (count: number): Declaration =>
  aDeclaration({
    groups: [aDeclaredGroup('Support')],
    endpoints: [aDeclaredMailbox('support@acme.example')],
    assignmentRules: someRules(count),
  });

/** What rules cost: to a decision, and to a batch of mails that all open cases; without any and with as many as there may be. */
export async function benchRules({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const plain = await server.create('rules_none');
  await fillExisting(plain.pool, 1000, say);
  const [none, all] = await server.copy(plain, 'rules_all');
  await declareConfiguration(none.pool, declared(0));
  await declareConfiguration(all.pool, declared(RULES));
  const [without, withAll] = [await microseconds(none), await microseconds(all)];
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round <= (quick ? 2 : 7); round += 1) {
    for (const [place, database] of [none, all].entries()) {
      const records = benchRecords(`rules${round}`, PER_ROUND);
      const rate = PER_ROUND / (await settleAll(batchDependencies(database), records, round));
      // The first round fills caches and compiles; it does not count.
      (round === 0 ? [] : (rates[place] ?? [])).push(rate);
    }
  }
  const figure = { bench: 'rules', limit: null, wanted: null };
  return [
    { ...figure, name: 'decide, without rules', unit: 'µs/interaction', value: without },
    { ...figure, name: `decide, ${RULES} rules`, unit: 'µs/interaction', value: withAll },
    {
      ...figure,
      name: `mails that open cases, ${RULES} rules`,
      unit: 'interactions/s',
      value: median(rates[1]),
      limit: { name: 'without rules', value: median(rates[0]) },
      wanted: { ratio: 0.5 },
    },
  ];
}

/** Of a decision that opens a case, the median of many. */
async function microseconds({ pool }: BenchDatabase): Promise<number> {
  const interactions = Array.from({ length: DECIDED }, (_, index) => benchInteraction('decided', index));
  const setup = await new AccountDirectory().find(pool, interactions[0]?.accountId ?? '');
  if (setup === null) {
    throw new Error('the account of the bench is not set up');
  }
  const found = await findNames(pool, setup.rules.id, lookupsOf(interactions, setup.rules), setup.rules.calls, false);
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const snapshot = await loadSnapshot(pool, setup, found, needsOf(interactions, found, setup));
    const moment = { now: new Date().toISOString(), newId };
    const started = performance.now();
    interactions.forEach((interaction) => decideInteraction(interaction, snapshot, moment));
    times.push(((performance.now() - started) * 1000) / DECIDED);
  }
  return median(times.slice(2));
}
