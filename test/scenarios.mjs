/** Which test bears which scenario of the specification, and through which face; see `--help`. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readTests } from './scenarios/read-tests.mjs';

const HELP = `Prints which tests bear which scenario, by the numbers that the names of tests begin with.

  node test/scenarios.mjs [options]

  --missing   only the numbers that no test bears through a face
  --only N    only this number (several times, for several)
  --tree DIR  the specs of another tree
  --help      this text

A line says: number, face, log, test, place. A face is what a client, a customer or an operator sees: http, smtp, imap,
topic, command line. What is tested below the faces (ledger, store, domain) is listed, and does not count; what is always
skipped is not even listed. The log is "both" where the test runs on the embedded log and on Kafka, and "-" where none takes part.

Ends with 0 when every demanded number has a test through a face, with 1 and their names otherwise, with 2 on a wrong
option. Demanded are 1-29, 60, 67-71, 77 and F12, F13, F19, F24, F29. Through the webhooks, on both logs, are demanded
46-58 and F1-F3, F6, F8, F11, F15, F16, F18, F20-F23, F27, F28, F30; F16 by the command line as well.

Examples:
  node test/scenarios.mjs
  node test/scenarios.mjs --missing
  node test/scenarios.mjs --only 9 --only F13
`;

const OPTIONS = {
  missing: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  tree: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
  help: { type: 'boolean' },
};

const span = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
/** Of calls: over HTTP, on both logs. */
const BY_WEBHOOK = [
  ...span(46, 58),
  ...['1', '2', '3', '6', '8', '11', '15', '16', ...['18', ...span(20, 23)], '27', '28', '30'].map(
    (number) => `F${number}`,
  ),
];
/** By the command line, on both logs. */
const BY_COMMAND = ['F16'];
const DEMANDED = [...span(1, 29), '60', ...span(67, 71), '77', 'F12', 'F13', 'F19', 'F24', 'F29'];

/** By where a spec stands; the first that fits. */
const FACES = [
  ['test/telephony/by-command', 'command line'],
  ['test/telephony/', 'http'],
  ['test/e2e/webhooks', 'http'],
  ['test/e2e/deliveries', 'http'],
  ['test/callbar/over-http', 'http'],
  ['test/e2e/calls', 'topic'],
  ['test/e2e/messages', 'topic'],
  ['test/e2e/passing-time', 'topic'],
  ['test/e2e/', 'smtp'],
  ['test/integration/case-api/', 'http'],
  ['test/faults/killed-commands', 'http'],
  ['test/faults/killed-recordings', 'inside'],
  ['test/faults/facts', 'topic'],
  ['test/faults/', 'smtp'],
  ['test/integration/case-builder/', 'topic'],
  ['test/integration/mailbox/', 'imap'],
  ['test/integration/cli/', 'command line'],
  ['test/integration/', 'ledger'],
  ['libs/case-ledger/', 'ledger'],
  ['libs/case-store/', 'store'],
  ['libs/case-domain/', 'domain'],
];
const BELOW_THE_FACES = new Set(['ledger', 'store', 'domain', 'inside']);

/** What a number lacks, in words; nothing when it lacks nothing. */
function lackOf(number, tests) {
  const isOnBothLogs = (face) => tests.some((test) => test.onEveryLog && faceOf(test) === face);
  const below = tests.length === 0 ? '' : ` (${tests.length} below the faces)`;
  return [
    ...(DEMANDED.includes(number) && !tests.some(isThroughAFace) ? [`has no test through a face${below}`] : []),
    ...(BY_WEBHOOK.includes(number) && !isOnBothLogs('http') ? ['has no test over HTTP on both logs'] : []),
    ...(BY_COMMAND.includes(number) && !isOnBothLogs('command line') ? ['has no test of a command on both logs'] : []),
  ];
}

const faceOf = ({ file }) => FACES.find(([place]) => file.startsWith(place))?.[1] ?? 'inside';
const isThroughAFace = (test) => !BELOW_THE_FACES.has(faceOf(test));

/** F and I behind the plain ones, each in the order of their numbers. */
function byNumber(one, other) {
  const keyOf = (number) => [/^\D*/.exec(number)[0], Number(number.replace(/^\D+/, ''))];
  const [[kind, value], [otherKind, otherValue]] = [keyOf(one), keyOf(other)];
  return kind === otherKind ? value - otherValue : kind.localeCompare(otherKind);
}

function linesOf(number, tests) {
  const named = tests.map((test) => [faceOf(test), test.onEveryLog ? 'both' : '-', test]);
  return named.map(([face, log, { name, file, line }]) => {
    return `${number.padEnd(5)}${face.padEnd(13)}${log.padEnd(6)}${name}  (${file}:${line})`;
  });
}

function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const tests = readTests(values.tree);
  const bearing = (number) => tests.filter(({ numbers }) => numbers.includes(number));
  const known = [...new Set([...DEMANDED, ...BY_WEBHOOK, ...tests.flatMap(({ numbers }) => numbers)])].sort(byNumber);
  const asked = known.filter((number) => values.only === undefined || values.only.includes(number));
  if (!values.missing) {
    asked.forEach((number) => linesOf(number, bearing(number)).forEach((line) => console.log(line)));
  }
  const missing = asked.flatMap((number) => lackOf(number, bearing(number)).map((lack) => `${number} ${lack}`));
  missing.forEach((line) => console.error(line));
  return missing.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
