/**
 * Holds the sender's ledger against the database, with plain SQL and no code of the product:
 * every event that was acknowledged is in `fact` once and under the right call; every call has the outcome that was computed when it was made.
 *
 *   node test/faults/webhooks/check.mjs --ledger FILE --database URL [--account ID] [--seed 1]
 *
 * Prints one line of JSON with what it counted, and ends with 0 when nothing is missing, doubled or different, with 1 otherwise.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { factIdOf, interactionIdOf, plannedCall } from './planned-calls.mjs';

const { values } = parseArgs({
  options: {
    ledger: { type: 'string' },
    database: { type: 'string' },
    account: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
const client = new pg.Client({ connectionString: values.database });
await client.connect();

async function column(text, parameters = []) {
  const { rows } = await client.query({ text, values: parameters, rowMode: 'array' });
  return rows;
}

const accountId = values.account ?? (await column('select id from account'))[0][0];
const lines = (await readFile(values.ledger, 'utf8')).trim().split('\n');
const acknowledged = lines
  .filter((line) => line.startsWith('ack '))
  .map((line) => line.split(' ').slice(1).map(Number));
const start = Number(lines[0].split(' ')[1]);
const refused = lines.filter((line) => line.startsWith('refused '));
const calls = new Map();
for (const [index, place] of acknowledged) {
  const call = calls.get(index) ?? { ...plannedCall(index, { seed, start }), places: new Set() };
  call.places.add(place);
  calls.set(index, call);
}

const facts = new Map();
for (const [id, interactionId] of await column('select id, interaction_id from fact where account_id = $1', [
  accountId,
])) {
  facts.set(id, [...(facts.get(id) ?? []), interactionId]);
}
const outcomes = new Map(
  await column(
    `select id, json_build_array(payload ->> 'outcome', json_array_length(payload -> 'details' -> 'events'), outcome, case_id is not null)
       from interaction where account_id = $1 and channel = 'call'`,
    [accountId],
  ),
);

const found = {
  events: acknowledged.length,
  missing: 0,
  doubled: 0,
  astray: 0,
  calls: 0,
  otherOutcome: 0,
  unfolded: 0,
};
const known = new Set();
const examples = [];
for (const [index, call] of calls) {
  const interactionId = interactionIdOf(accountId, call);
  for (const place of call.places) {
    const id = factIdOf(accountId, call.connection, call.requests[place]);
    const rows = facts.get(id) ?? [];
    known.add(id);
    found.missing += rows.length === 0 ? 1 : 0;
    found.doubled += rows.length > 1 ? 1 : 0;
    found.astray += rows.some((row) => row !== interactionId) ? 1 : 0;
  }
  // The sender stops within a call: only whole ones have an outcome.
  if (call.places.size === call.requests.length) {
    const [outcome, folded] = outcomes.get(interactionId) ?? [null, 0];
    found.calls += 1;
    found.otherOutcome += outcome === call.outcome ? 0 : 1;
    found.unfolded += folded === call.requests.length ? 0 : 1;
    if ((outcome !== call.outcome || folded !== call.requests.length) && examples.length < 5) {
      examples.push({ index, interactionId, wanted: call.outcome, outcome, folded, events: call.requests.length });
    }
  }
}
const unasked = [...facts.keys()].filter((id) => !known.has(id)).length;
const result = { ...found, unacknowledged: unasked, refused: refused.length, examples };
process.stdout.write(`${JSON.stringify(result)}\n`);
await client.end();
const wrong = found.missing + found.doubled + found.astray + found.otherOutcome + found.unfolded + refused.length;
process.exitCode = wrong === 0 && found.calls > 0 ? 0 : 1;
