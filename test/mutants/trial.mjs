/** A copy of the tree, in which rules are broken and specs run. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Specs that need no real part, so that nothing has to be started for them. */
const ALONE = /^libs\/(case-domain|telephony)\//;
/** A spec whose rule is broken may leave things open, or wait for what does not come. */
const ENDING = ['--forceExit', '--testTimeout=60000'];
const LONGEST_MS = 300_000;
const CONFIGURATION_ALONE = `import all from './jest.config.mjs';
const { globalSetup, globalTeardown, ...alone } = all;
export default alone;
`;

/**
 * Copies the files of a tree as they stand, also those that are not committed yet.
 * @returns {{ copy: string, fingerprint: string }} the folder, and what changes with any byte of it
 */
export function copyTree(root) {
  const listed = spawnSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (listed.status !== 0) {
    throw new Error(`git cannot list the files of the tree: ${listed.stderr ?? listed.error?.message}`);
  }
  const copy = mkdtempSync(join(tmpdir(), 'casewright-mutants-'));
  const hash = createHash('sha256');
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
    hash.update(file).update(readFileSync(join(copy, file)));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'jest.alone.config.mjs'), CONFIGURATION_ALONE);
  return { copy, fingerprint: hash.digest('hex') };
}

/** Names of the tests of a spec that fail in the copy, or null when it does not even run. */
export function failuresOf(copy, spec) {
  const report = join(copy, 'mutants.json');
  rmSync(report, { force: true });
  const node = [process.env['NODE_OPTIONS'] ?? '', '--experimental-vm-modules', '--no-warnings'];
  const configuration = ALONE.test(spec) ? ['--config', 'jest.alone.config.mjs'] : [];
  const jest = [
    'node_modules/jest/bin/jest.js',
    ...configuration,
    '--json',
    `--outputFile=${report}`,
    '--silent',
    ...ENDING,
  ];
  const environment = { ...process.env, NODE_OPTIONS: node.join(' ').trim() };
  spawnSync(process.execPath, [...jest, '--runTestsByPath', spec], {
    cwd: copy,
    env: environment,
    stdio: 'ignore',
    timeout: LONGEST_MS,
  });
  try {
    const [result] = JSON.parse(readFileSync(report, 'utf8')).testResults;
    const failed = result.assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title);
    return result.assertionResults.length === 0 ? null : [...new Set(failed)];
  } catch {
    return null;
  }
}

/**
 * Breaks one thing in the copy, runs the spec that should notice, and mends it again.
 * @returns {{ noticed: boolean, said: string[] }} what became of it, a line each
 */
export function tryBreak(copy, { file, find, replace, spec }) {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  const places = sound.split(find).length - 1;
  if (places !== 1) {
    return { noticed: false, said: [`NOT FOUND  ${places} places in ${file}`] };
  }
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const failed = failuresOf(copy, spec);
  writeFileSync(path, sound);
  if (failed === null) {
    return { noticed: false, said: [`DID NOT RUN  ${spec}`] };
  }
  return failed.length === 0
    ? { noticed: false, said: [`NOT NOTICED  by ${spec}`] }
    : { noticed: true, said: failed.map((title) => `red: ${title}`) };
}
