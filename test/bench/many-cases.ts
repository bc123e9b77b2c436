import type { BenchContext } from './context.js';
import { batchDependencies, settleRound } from './decide-and-apply.js';
import { median, type Figure } from './figure.js';
import { fillExisting } from './fill-existing.js';

const FEW = 10_000;
const MANY = 5_000_000;
const ROUNDS = 7;
const PER_ROUND = 10_000;

/** The same work beside 10,000 and beside 5,000,000 cases that stand there already, in turn. */
export async function benchManyCases({ server, full, say }: BenchContext): Promise<Figure[]> {
  if (!full) {
    say('  5,000,000 existing cases: only with --full');
    return [];
  }
  const [few, many] = [await server.create('few'), await server.create('many')];
  await fillExisting(few.pool, FEW, say);
  await fillExisting(many.pool, MANY, say);
  const rates = { few: [] as number[], many: [] as number[] };
  const [beFew, beMany] = [batchDependencies(few), batchDependencies(many)];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rateFew = PER_ROUND / (await settleRound(beFew, round, PER_ROUND));
    const rateMany = PER_ROUND / (await settleRound(beMany, round, PER_ROUND));
    if (round > 0) {
      rates.few.push(rateFew);
      rates.many.push(rateMany);
    }
  }
  return [
    {
      bench: 'case-builder',
      name: 'decide + apply beside 5,000,000 cases',
      unit: 'interactions/s',
      value: median(rates.many),
      limit: { name: 'beside 10,000', value: median(rates.few) },
      wanted: { ratio: 0.8 },
    },
  ];
}
