import { IMPORTS_HELP, parseImportsOptions } from './options.js';
import { runImports } from './run-imports.js';

const say = (line: string): void => void process.stdout.write(line === '' ? '' : `${line}\n`);
try {
  const options = parseImportsOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(IMPORTS_HELP);
  } else {
    const { wrong, rows, kills, contacts, outcomes, durable, decided } = await runImports(options, say);
    wrong.forEach((one) => say(`WRONG  ${one}`));
    const sums = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    say(`${rows} rows, ${kills} kills: ${sums.join(', ')}; ${contacts} contacts; ${wrong.length} wrong`);
    say(`durable ${durable} rows/s, decided ${decided} rows/s`);
    process.exitCode = wrong.length === 0 ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`The run did not come to its end: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
