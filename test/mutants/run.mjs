/** `npm run mutants`: breaks rules one by one in a copy of the tree and sees whether a test notices; see `--help`. */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Results } from './results.mjs';
import { RULES } from './table.mjs';
import { copyTree, failuresOf, tryBreak } from './trial.mjs';

const HELP = `Breaks rules of cases, of calls and of signatures one by one, and sees whether the spec that should notice turns red.

  npm run mutants -- [options]

  --only NAME  only this rule (several times, for several)
  --resume     goes on from where a run on the same tree broke off
  --list       the rules, and where they are broken
  --help       this text

Everything happens in a copy of the tree in a temporary folder; the tree itself is only read. A spec has to be green as
it is before it is asked about a rule. For each change a line says rule and change, and those below it which tests turned
red. A table of all rules comes at the end.

Ends with 0 when each change was noticed by a test, and with 1 when one was not, when its place in the source is not
found (any more) exactly once, or when a spec does not run or is not green before; with 2 on a wrong option.

Examples:
  npm run mutants -- --list
  npm run mutants -- --only I-9 --only noon
  npm run mutants -- --resume
`;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OPTIONS = {
  only: { type: 'string', multiple: true },
  resume: { type: 'boolean', default: false },
  list: { type: 'boolean' },
  help: { type: 'boolean' },
};

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** Breaks a rule at each of its places; those that nobody noticed, and a line of the table. */
function tryRule({ name, rule, breaks }, copy, results) {
  const red = new Set();
  const unnoticed = breaks.filter((one) => {
    const { file, find, replace, spec } = one;
    console.log(`${name}  ${rule}\n  ${file}: ${oneLine(find)} → ${oneLine(replace) || 'nothing'}`);
    const isGreen = results.of(['green', spec], () => failuresOf(copy, spec)?.length === 0);
    const { noticed, said } = isGreen
      ? results.of(['broken', one], () => tryBreak(copy, one))
      : { noticed: false, said: [`NOT GREEN  ${spec}, before anything is broken`] };
    console.log(said.map((line) => `  ${line}`).join('\n'));
    (noticed ? said : []).forEach((line) => red.add(line));
    return !noticed;
  });
  const noticed = `${breaks.length - unnoticed.length} of ${breaks.length}`;
  const mark = unnoticed.length === 0 ? 'red' : 'NOT NOTICED';
  const tests = `${red.size} ${red.size === 1 ? 'test' : 'tests'}`;
  return { unnoticed, row: `${name.padEnd(8)}${mark.padEnd(13)}${noticed.padEnd(10)}${tests.padEnd(10)}${rule}` };
}

function run(rules, options) {
  const started = performance.now();
  const { copy, fingerprint } = copyTree(ROOT);
  try {
    const results = new Results(ROOT, fingerprint, { resumes: options.resume });
    const tried = rules.map((rule) => tryRule(rule, copy, results));
    const unnoticed = tried.flatMap((one) => one.unnoticed);
    console.log(`\n${tried.map(({ row }) => row).join('\n')}`);
    const changes = rules.reduce((sum, { breaks }) => sum + breaks.length, 0);
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`${rules.length} rules, ${changes} changes, ${unnoticed.length} not noticed, ${seconds} s`);
    return unnoticed.length === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const unknown = (values.only ?? []).filter((only) => RULES.every(({ name }) => name !== only));
  if (unknown.length > 0) {
    throw new Error(`There is no rule ${unknown.join(', ')}: --list names them.`);
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const chosen = RULES.filter(({ name }) => values.only?.includes(name) ?? true);
  if (values.list) {
    chosen.forEach(({ name, rule, breaks }) => {
      const places = breaks.map(({ file, spec }) => `\n          ${file}, held by ${spec}`);
      console.log(`${name.padEnd(8)}${rule}${[...new Set(places)].join('')}`);
    });
    return 0;
  }
  return run(chosen, values);
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
