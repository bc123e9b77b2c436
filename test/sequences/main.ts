import { type RunOptions, runFromCommandLine } from '../fuzz/options.js';
import { onOwnDatabase } from '../fuzz/own-database.js';
import { brokenInvariants } from '../invariants/broken-invariants.js';
import { startSequencedService } from './sequenced-service.js';
import { runSequences, textOfDeviation } from './sequences.js';

const HELP = `Gives sequences of commands to the running Case API and compares each case after each command with a small model of it.

  node test/sequences/run.mjs [options]

  --sequences N   sequences in all, each of eleven commands or more   (2000)
  --seed N        the same seed plans the same sequences              (at random, and said)
  --help          this text

PostgreSQL and the API are started and stopped by the run itself. Run \`npm run build\` first. What a command is not to
change stays the same to the byte, above all after a refusal. A sequence that deviates is told in as few commands as show it.

Ends with 0 when nothing deviates and the invariants hold of all cases at the end.

Examples:
  node test/sequences/run.mjs
  node test/sequences/run.mjs --sequences 100 --seed 7
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function run({ count, seed }: RunOptions): Promise<boolean> {
  return onOwnDatabase(async (pool) => {
    const service = await startSequencedService(pool);
    say(`${count} sequences, seed ${seed}`);
    const started = performance.now();
    const { commands, deviation } = await runSequences(service, {
      ...{ sequences: count, seed },
      progress: (done) => say(`${done} done`),
    }).finally(() => service.stop());
    const broken = await brokenInvariants(pool);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    say([...(deviation === null ? [] : [textOfDeviation(deviation)]), ...broken].join('\n'));
    say(`${count} sequences of ${commands} commands, seed ${seed}, ${seconds} s`);
    return deviation === null && broken.length === 0;
  });
}

await runFromCommandLine(HELP, { name: 'sequences', usual: 2000 }, run);
