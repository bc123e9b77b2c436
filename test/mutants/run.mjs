/** `npm run mutants`: breaks rules one by one in a copy of the tree and sees whether a test notices; see `--help`. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MUTANTS } from './table.mjs';

const HELP = `Breaks rules of cases and of signatures one by one, and sees whether the spec that should notice turns red.

  npm run mutants -- [options]

  --only NAME  only this rule (several times, for several)
  --list       the rules, and where they are broken
  --help       this text

Everything happens in a copy of the tree in a temporary folder; the tree itself is only read. First the specs run on the
copy as it is, and have to be green. A line says: rule, what was broken and where, and the tests that turned red.

Ends with 0 when each change was noticed by a test, and with 1 when one was not, when its place in the source is not
found (any more) exactly once, or when a spec does not run; with 2 on a wrong option.

Examples:
  npm run mutants -- --list
  npm run mutants -- --only I-9 --only noon
`;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the tree as they stand, also those that are not committed yet. */
function copyTree() {
  const listed = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  if (listed.status !== 0) {
    throw new Error(`git cannot list the files of the tree: ${listed.stderr ?? listed.error?.message}`);
  }
  const copy = mkdtempSync(join(tmpdir(), 'casewright-mutants-'));
  for (const file of new Set(listed.stdout.split('\0').filter((name) => name !== ''))) {
    cpSync(join(ROOT, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Names of the tests that failed, or null when a spec did not even run. */
function failuresOf(copy, specs) {
  const report = join(copy, 'mutants.json');
  rmSync(report, { force: true });
  const options = [process.env['NODE_OPTIONS'] ?? '', '--experimental-vm-modules', '--no-warnings'];
  const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, '--silent', ...specs];
  const environment = { ...process.env, NODE_OPTIONS: options.join(' ').trim() };
  spawnSync(process.execPath, jest, { cwd: copy, env: environment, stdio: 'ignore' });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const everySpecRan =
      testResults.length === specs.length && testResults.every((one) => one.assertionResults.length > 0);
    const failed = tests.filter(({ status }) => status === 'failed').map(({ title }) => title);
    return everySpecRan ? [...new Set(failed)] : null;
  } catch {
    return null;
  }
}

/** Breaks one rule in the copy, and mends it again; a line about it, and whether a test noticed. */
function tryMutant(copy, { name, rule, file, find, replace, spec }) {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  const places = sound.split(find).length - 1;
  if (places !== 1) {
    return { noticed: false, line: `${name}  ${rule}\n  NOT FOUND  ${places} places in ${file}` };
  }
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const failed = failuresOf(copy, [spec]);
  writeFileSync(path, sound);
  const change = `${file}: ${oneLine(find)} → ${oneLine(replace) || 'nothing'}`;
  const ending =
    failed === null
      ? `DID NOT RUN  ${spec}`
      : failed.length === 0
        ? `NOT NOTICED  by ${spec}`
        : failed.map((title) => `red: ${title}`).join('\n  ');
  return { noticed: (failed?.length ?? 0) > 0, line: `${name}  ${rule}\n  ${change}\n  ${ending}` };
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

function run(mutants) {
  const copy = copyTree();
  try {
    const before = failuresOf(copy, [...new Set(mutants.map(({ spec }) => spec))]);
    if (before === null || before.length > 0) {
      console.error(`The specs are not green as they are: ${before?.join('; ') ?? 'they do not run'}`);
      return 1;
    }
    const unnoticed = mutants.filter((mutant) => {
      const { noticed, line } = tryMutant(copy, mutant);
      console.log(line);
      return !noticed;
    });
    const names = unnoticed.map(({ name }) => name).join(', ');
    console.log(`${mutants.length - unnoticed.length} of ${mutants.length} noticed${names && `; not: ${names}`}`);
    return unnoticed.length === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function main() {
  const options = { only: { type: 'string', multiple: true }, list: { type: 'boolean' }, help: { type: 'boolean' } };
  const { values } = parseArgs({ options });
  const unknown = (values.only ?? []).filter((only) => MUTANTS.every(({ name }) => name !== only));
  if (unknown.length > 0) {
    throw new Error(`There is no rule ${unknown.join(', ')}: --list names them.`);
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const chosen = MUTANTS.filter(({ name }) => values.only?.includes(name) ?? true);
  if (values.list) {
    chosen.forEach(({ name, rule, file, spec }) => console.log(`${name.padEnd(6)}${rule}  (${file}, ${spec})`));
    return 0;
  }
  return run(chosen);
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
