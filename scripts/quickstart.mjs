/**
 * `npm run quickstart`: from a bare clone to cases that can be looked at.
 *   1 check Node   2 install (when node_modules is missing or stale)   3 build   4 start, feed the sample day, show the cases
 *
 * npm run quickstart                stays up until Ctrl-C; the data stays in ./data
 * npm run quickstart -- --exit      stops after the table
 * npm run quickstart -- --help      all options
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = process.argv.slice(2);

/** Says one sentence and ends. */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(
      `Casewright needs Node 20.19 or later; this is ${process.versions.node}. Install Node 22 from nodejs.org and start again.`,
    );
  }
}

function isInstalled() {
  const marker = `${root}node_modules/.package-lock.json`;
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}

/** Runs quietly; prints what went wrong only when it did. */
function quietly(name, command, commandArguments, advice) {
  const started = performance.now();
  process.stdout.write(`${name} … `);
  const { status, stdout, stderr, error } = spawnSync(command, commandArguments, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stdout.write('failed\n');
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}\n`);
    stop(advice);
  }
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

checkNode();
if (!options.includes('--help')) {
  if (!isInstalled()) {
    quietly(
      'Installing',
      'npm',
      ['ci', '--no-audit', '--no-fund'],
      'npm ci failed: see above, mend it and start again.',
    );
  }
  quietly('Building', process.execPath, ['scripts/build.mjs'], 'The build failed: see above.');
}
if (!existsSync(`${root}dist/apps/standalone/src/quickstart.js`)) {
  stop('Nothing is built yet: run `npm run quickstart` without --help once.');
}
const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/standalone/src/quickstart.js', ...options], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both; the child stops in order and this process waits for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
