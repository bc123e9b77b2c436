/**
 * Sends planned calls as signed webhooks over many connections and keeps its own ledger of what was acknowledged.
 *
 *   node test/faults/webhooks/send.mjs --url http://127.0.0.1:3000 --ledger FILE --webhooks 2000 [--connections 64] [--seed 1]
 *
 * A request that is not acknowledged is sent again, as providers do, until it is; a refusal (4xx) is noted and not sent
 * again. Lines of the ledger: `start SECONDS`, `ack INDEX PLACE`, and at the end `done ACKNOWLEDGED REPEATED REFUSED`. Progress goes to the standard
 * output, one number a line.
 */
import { createWriteStream } from 'node:fs';
import { Agent, request } from 'node:http';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { plannedCall, signed } from './planned-calls.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    ledger: { type: 'string' },
    webhooks: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
  },
});
const [wanted, connections, seed] = [values.webhooks, values.connections, values.seed].map(Number);
const start = Math.floor(Date.now() / 1000);
const target = new URL(values.url);
const ledger = createWriteStream(values.ledger, { flags: 'a' });
ledger.write(`start ${start}\n`);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const counts = { acknowledged: 0, repeated: 0, refused: 0 };

/** Status of the answer; 0 when there was none. */
function post({ path, headers }, body) {
  return new Promise((resolve) => {
    const { hostname, port } = target;
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { hostname, port, path, method: 'POST', agent, headers: { ...headers, ...length } },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode));
        answer.once('error', () => resolve(0));
      },
    );
    sent.setTimeout(10_000, () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

async function deliver({ index, place, connection, planned }) {
  for (let attempt = 1; ; attempt += 1) {
    const status = await post(signed(connection, planned), planned.body);
    if (status >= 200 && status < 300) {
      ledger.write(`ack ${index} ${place}\n`);
      counts.acknowledged += 1;
      return;
    }
    if (status >= 400 && status < 500) {
      ledger.write(`refused ${index} ${place} ${status}\n`);
      counts.refused += 1;
      return;
    }
    counts.repeated += 1;
    await wait(Math.min(1000, 50 * attempt));
  }
}

/** The requests of eight calls at a time, mixed: nothing may rely on their order. */
function* deliveries() {
  let made = 0;
  for (let first = 0; made < wanted; first += 8) {
    const some = Array.from({ length: 8 }, (_, offset) => first + offset).flatMap((index) => {
      const { connection, requests } = plannedCall(index, { seed, start });
      return requests.map((planned, place) => ({ index, place, connection, planned }));
    });
    const key = ({ index, place }) => (index * 31 + place * 17 + seed * 7) % 13;
    for (const delivery of some.sort((one, other) => key(one) - key(other))) {
      made += 1;
      yield delivery;
    }
  }
}

const all = deliveries();
const worker = async () => {
  for (const delivery of all) {
    await deliver(delivery);
  }
};
const report = setInterval(() => process.stdout.write(`${counts.acknowledged}\n`), 50);
await Promise.all(Array.from({ length: connections }, worker));
clearInterval(report);
ledger.write(`done ${counts.acknowledged} ${counts.repeated} ${counts.refused}\n`);
await new Promise((resolve) => ledger.end(resolve));
agent.destroy();
process.stdout.write(`${counts.acknowledged}\n`);
