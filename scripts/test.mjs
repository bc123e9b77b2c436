/**
 * `npm test`: everything that must hold before a change lands, one line per step.
 *   1 format and lint   2 import rule   3 build (the types too)   4 tests, on real parts
 *
 * npm test -- --only libs/interaction   passes the rest to Jest and skips steps 1 and 2
 * CASEWRIGHT_REQUIRE_REAL=1             a missing real part is a failure instead of a loud skip
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.indexOf('--only');
const selection = only < 0 ? [] : process.argv.slice(only + 1);

/** Runs a step to its end; a failing one ends the whole run with its exit code. */
function step(name, command, commandArguments, environment = {}) {
  const started = performance.now();
  process.stdout.write(`▶ ${name}\n`);
  const { status, error } = spawnSync(command, commandArguments, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) {
    process.stderr.write(`✖ ${name} failed${error ? `: ${error.message}` : ''}\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`✔ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
}

const node = (file, ...rest) => [process.execPath, [`node_modules/${file}`, ...rest]];

if (selection.length === 0) {
  step('format', ...node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'));
  step('lint', ...node('eslint/bin/eslint.js', '--max-warnings', '0', '.'));
  step(
    'import rule',
    ...node(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'test',
    ),
  );
  step('types of the tests', ...node('typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'));
}
step('build', process.execPath, ['scripts/build.mjs']);

const results = mkdtempSync(join(tmpdir(), 'casewright-test-'));
process.on('exit', () => {
  sayCounts(join(results, 'counts.json'));
  rmSync(results, { recursive: true, force: true });
});
step(
  'tests',
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${join(results, 'counts.json')}`, ...selection],
  {
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings=ExperimentalWarning`.trim(),
    CASEWRIGHT_TEST_KAFKA_START: '1',
  },
);

/** One plain line at the end, for people and for whatever reads the log of a build. */
function sayCounts(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
    process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
  } catch {
    process.stdout.write('No test has come to its end.\n');
  }
}
