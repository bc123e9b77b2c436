/**
 * A consumer in a process of its own, to be killed and frozen. Runs on what `npm run build` made.
 * Writes `joined`, then `begin KEY=VALUE …` before and `done …` after each batch, `lost` when the batch was taken away.
 */
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';

import { createEmbeddedLog, createKafkaLog } from '#libs/messaging';
import { createPool } from '#libs/postgres';

const settings = JSON.parse(process.env.LOG_CHILD);
const say = (line) => process.stdout.write(`${line}\n`);

async function open() {
  if (settings.kafka) {
    return createKafkaLog(settings.kafka);
  }
  const pool = createPool({ connectionString: settings.embedded.connectionString });
  return createEmbeddedLog({ pool, ...settings.embedded });
}

async function handle({ records }, { signal }) {
  const line = records.map(({ key, value }) => `${key}=${value}`).join(' ');
  say(`begin ${line}`);
  const isLost = await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), settings.handlerMs);
    const lose = () => {
      clearTimeout(timer);
      resolve(true);
    };
    signal.addEventListener('abort', lose);
    if (signal.aborted) {
      lose();
    }
  });
  say(`${isLost ? 'lost' : 'done'} ${line}`);
  if (isLost) {
    throw new Error('The partition was lost');
  }
}

const log = await open();
await log.consume({
  group: settings.group,
  topics: [settings.topic],
  handle,
  maxBatchRecords: settings.maxBatchRecords,
});
say('joined');
