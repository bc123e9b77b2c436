import { HELP, parseFaultOptions } from './options.js';
import { runFaults } from './run-faults.js';

const given = parseFaultOptions(process.argv.slice(2));
if (given.kind === 'help') {
  process.stdout.write(HELP);
} else if (given.kind === 'wrong') {
  process.stderr.write(`${given.sentence}\n`);
  process.exitCode = 2;
} else {
  const say = (line: string): void => void process.stdout.write(line === '' ? '' : `${line}\n`);
  try {
    const { right, report } = await runFaults(given.options, say);
    say(`\n${report}\n\n${right ? 'Everything is as expected.' : 'There are differences.'}`);
    process.exitCode = right ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The run did not come to its end: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
