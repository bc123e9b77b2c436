/** `npm run bench`: measures, prints each figure beside its limit, and says which wishes are missed. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BENCHES, PARTS } from './benches.js';
import type { BenchContext } from './context.js';
import { startBenchServer } from './bench-server.js';
import { isMet, jsonOf, tableOf, type Figure } from './figure.js';

const HELP = `Measures Casewright on this machine, each figure beside its limit or a peer in the same run.

  npm run bench -- [NAME…] [options]

  NAME          ${Object.keys(BENCHES).join(', ')}; all of them unless named;
                decide: of case-builder the part without a log, for two trees in turn; rules: what assignment rules cost
  --quick       fewer rounds: a first impression
  --full        with 5,000,000 existing cases too (some 15 GB of disk in the temporary folder, half an hour)
  --only PART   of api: lists, auto-close or bare; of webhooks: embedded or kafka
  --cases N     of api: so many cases stand there, or are due, instead of its own number
  --calls       of case-builder: calls, told in six facts each, instead of mails
  --json FILE   write the figures to a file as well
  --help        this text

Needs nothing but the build (npm run build); Java 17 and mvn for the figures on Apache Kafka.

Examples:
  npm run bench -- case-builder smtp --quick --json figures.json
  npm run bench -- decide --quick --json after.json     beside the same in another checkout: before, after, before …
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      json: { type: 'string' },
      only: { type: 'string' },
      cases: { type: 'string' },
      calls: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => !(name in BENCHES) && !(name in PARTS));
  if (unknown.length > 0) {
    process.stderr.write(
      `No bench is called ${unknown.join(', ')}; there are ${Object.keys({ ...BENCHES, ...PARTS }).join(', ')}.\n`,
    );
    return 2;
  }
  const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
  const figures = await measure(names, {
    quick: values.quick,
    full: values.full,
    only: values.only ?? null,
    calls: values.calls,
    cases: values.cases === undefined ? null : Number(values.cases),
  });
  process.stdout.write(`\n${tableOf(figures)}\n`);
  if (values.json !== undefined) {
    await writeFile(values.json, jsonOf(figures));
  }
  const missed = figures.filter((figure) => isMet(figure) === false);
  process.stdout.write(missed.length === 0 ? '\nEvery wish is met.\n' : `\n${missed.length} missed.\n`);
  return missed.length === 0 ? 0 : 1;
}

async function measure(
  names: readonly string[],
  options: Pick<BenchContext, 'quick' | 'full' | 'only' | 'cases' | 'calls'>,
): Promise<Figure[]> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const figures: Figure[] = [];
  for (const name of names) {
    say(`${name} …`);
    const server = await startBenchServer();
    try {
      figures.push(...(await ((BENCHES[name] ?? PARTS[name])?.({ ...options, server, say }) ?? [])));
    } finally {
      await server.stop();
    }
  }
  return figures;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
