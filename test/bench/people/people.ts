import { decideInteraction, lookupsOf, needsOf } from '#libs/case-domain';
import { AccountDirectory, findNames, loadSnapshot } from '#libs/case-store';
import { type Interaction, newId } from '#libs/interaction';
import { transaction } from '#libs/postgres';
import { defaultAccountId } from '#libs/runtime';
import type { Pool } from 'pg';
import { benchInteraction } from '../bench-interaction.js';
import { BENCH_LINE } from '../bench-server.js';
import type { BenchContext } from '../context.js';
import { median, type Figure } from '../figure.js';
import { BUSY, emailOf, fillPeople, numberOf, SHARED_NUMBER } from './fill-people.js';

const FEW = 10_000;
const MANY = 1_000_000;
const INTERACTIONS = 500;
/** Of each ten, two are of somebody who is not known. */
const STRANGERS = 2;

/**
 * Who asks: 500 mails and calls of one batch, looked up, loaded and decided together, beside 10,000 contacts and beside
 * 1,000,000 of whom one has 10,000 interactions and writes and calls once more in every batch. In turn, so that both see the
 * same machine; nothing is written, so that each batch finds the same.
 */
export async function benchPeople({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const [few, many] = [await server.create('people_few'), await server.create('people_many')];
  await fillPeople(few.pool, { contacts: FEW, busy: false }, say);
  await fillPeople(many.pool, { contacts: MANY, busy: true }, say);
  const rates: Record<'few' | 'many', number[]> = { few: [], many: [] };
  const rounds = quick ? 15 : 40;
  for (let round = 0; round <= rounds; round += 1) {
    const of = { few: await resolveOnce(few.pool, round, FEW), many: await resolveOnce(many.pool, round, MANY) };
    // The first rounds fill caches and compile.
    if (round > 4) {
      rates.few.push(INTERACTIONS / of.few);
      rates.many.push(INTERACTIONS / of.many);
    }
  }
  return [
    {
      bench: 'people',
      name: 'resolution beside 1,000,000 contacts, one with 10,000 interactions',
      unit: 'interactions/s',
      value: median(rates.many),
      limit: { name: 'beside 10,000', value: median(rates.few) },
      wanted: { ratio: 0.8 },
    },
  ];
}

/** Seconds that one batch took. */
async function resolveOnce(pool: Pool, round: number, contacts: number): Promise<number> {
  const interactions = batchOf(round, contacts);
  const moment = { now: new Date().toISOString(), newId };
  const directory = new AccountDirectory();
  const started = performance.now();
  const methods = await transaction(pool, async (client) => {
    const setup = await directory.find(client, defaultAccountId);
    if (setup === null) {
      throw new Error('The bench has no account.');
    }
    const found = await findNames(
      client,
      defaultAccountId,
      lookupsOf(interactions, setup.rules),
      setup.rules.calls,
      true,
    );
    const snapshot = await loadSnapshot(client, setup, found, needsOf(interactions, found, setup));
    return interactions.map((one) => decideInteraction(one, snapshot, moment).evidence.requester?.method ?? 'none');
  });
  const seconds = (performance.now() - started) / 1000;
  expectMethods(methods);
  return seconds;
}

/** A bench in which nobody is known, or everybody, would measure something else. */
function expectMethods(methods: readonly string[]): void {
  const count = (method: string): number => methods.filter((one) => one === method).length;
  if (count('R4') < INTERACTIONS / 2 || count('R6') < INTERACTIONS / 10 || count('R5') < 1) {
    throw new Error(`The bench's own people were not resolved as meant: ${JSON.stringify(methods)}`);
  }
}

/** Every second one is a call; senders are spread over all contacts. */
function batchOf(round: number, contacts: number): Interaction[] {
  return Array.from({ length: INTERACTIONS }, (_, index) => {
    const place = index < 2 ? BUSY : BUSY + 1 + (((round * INTERACTIONS + index) * 7919) % (contacts - BUSY - 1));
    const isKnown = index < 2 || index % 10 >= STRANGERS;
    const base = benchInteraction(`people${round}`, index);
    if (index % 2 === 0) {
      const value = isKnown ? emailOf(place) : `stranger-${round}-${index}@shop.example`;
      return { ...base, sender: { kind: 'email', value } };
    }
    const number = isKnown ? numberOf(place) : `+35192${String(round * INTERACTIONS + index).padStart(7, '0')}`;
    return callOf(base, index === 3 ? SHARED_NUMBER : number);
  });
}

function callOf(base: Interaction, number: string): Interaction {
  return {
    ...base,
    channel: 'call',
    provider: 'generic',
    source: 'call_inbound',
    occasion: 'call_missed',
    outcome: 'missed',
    talkers: [],
    endpoint: { kind: 'phone_number', address: BENCH_LINE, connection: 'generic/bench' },
    sender: { kind: 'phone', value: number },
    recipients: [{ kind: 'phone', value: BENCH_LINE, role: 'to' }],
    threadKeys: [{ kind: 'call_id', value: `${base.externalId}` }],
  };
}
