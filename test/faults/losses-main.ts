import { LOSSES_HELP, parseLossOptions } from './webhooks/options.js';
import { runLosses } from './webhooks/run-losses.js';

const say = (line: string): void => void process.stdout.write(line === '' ? '' : `${line}\n`);
try {
  const options = parseLossOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(LOSSES_HELP);
  } else {
    const { right, losses, seconds, kills } = await runLosses(options, say);
    say(
      `${losses.events} events acknowledged in ${seconds.toFixed(1)} s, ${losses.calls} calls; killed: ${kills.join(', ')}.`,
    );
    say(JSON.stringify(losses, null, 2));
    say(right ? 'Every event is there once, and every call is what it was meant to be.' : 'There are differences.');
    process.exitCode = right ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`The run did not come to its end: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
