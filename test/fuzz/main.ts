import { fuzz } from './fuzz.js';
import { type RunOptions, runFromCommandLine } from './options.js';
import { onOwnDatabase } from './own-database.js';
import { startService } from './service.js';
import { shortcomingsOf } from './shortcomings.js';

const HELP = `Asks the running Case API whatever its description allows, and what it does not, and holds every answer against it.

  node test/fuzz/run.mjs [options]

  --requests N   requests in all                             (50000)
  --seed N       the same seed plans the same requests       (at random, and said)
  --help         this text

PostgreSQL and the API are started and stopped by the run itself. Run \`npm run build\` first. An operation that is in
\`/openapi.json\` is asked without anything being written for it here.

Ends with 0 when every answer was one that the description has, no request failed (5xx), each operation was asked at
least a hundred times (in runs that are long enough), and at least 40 % were answered with success. What fails is
printed as a line for a shell.

Examples:
  node test/fuzz/run.mjs
  node test/fuzz/run.mjs --requests 5000 --seed 7
`;
const MAILS = 150;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function run({ count, seed }: RunOptions): Promise<boolean> {
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  return onOwnDatabase(async (pool) => {
    const service = await startService(pool, { mails: MAILS });
    say(`${count} requests, seed ${seed}`);
    const started = performance.now();
    const report = await fuzz(service, {
      ...{ requests: count, seed },
      progress: (sent, { succeeded }) => {
        say(`${sent} sent in ${seconds(started)} s, ${Math.round(succeeded * 100)} % answered with success`);
      },
    }).finally(() => service.stop());
    say(`\n${report.tally.table()}\n`);
    const wrong = shortcomingsOf(report, service.log, unhandled);
    say([...wrong, `${count} requests, seed ${seed}, ${seconds(started)} s`].join('\n'));
    return wrong.length === 0;
  });
}

const seconds = (started: number): string => ((performance.now() - started) / 1000).toFixed(0);

await runFromCommandLine(HELP, { name: 'requests', usual: 50_000 }, run);
