import { ORDERS_HELP, parseOrderOptions } from './options.js';
import { isRight, runOrders } from './run-orders.js';

const say = (line: string): void => void process.stdout.write(line === '' ? '' : `${line}\n`);
try {
  const options = parseOrderOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(ORDERS_HELP);
  } else {
    const result = await runOrders(options, say);
    const { different, unnoticed, unfolded } = result;
    different.forEach((one) => say(`DIFFERENT  ${one}`));
    unnoticed.forEach((one) => say(`NOT NOTICED  ${one}`));
    unfolded.forEach((one) => say(`NOT WHAT ITS EVENTS SAY  case ${one}`));
    const { stories, tellings, requests, cases, kills, seconds, slowestSeconds, otherCases, lacking } = result;
    say(
      `${stories} lifecycles in ${tellings} tellings, ${requests} requests, ${cases} cases, ${kills} kills, ${seconds.toFixed(0)} s; the slowest answer took ${slowestSeconds.toFixed(1)} s`,
    );
    say(
      `${different.length} different, ${unfolded.length} cases other than their events; of ${lacking} with a request missing ${unnoticed.length} came out the same, ${otherCases} with another case`,
    );
    process.exitCode = isRight(result) ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`The run did not come to its end: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
