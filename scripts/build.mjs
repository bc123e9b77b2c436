/**
 * `npm run build`: compiles apps and libs into dist/ and copies what is not TypeScript (migrations, schemas, sample mails).
 * Incremental; quiet when all is well.
 *
 * npm run build -- --clean         begins with an empty folder
 * npm run build -- --production    what an installation runs: begins empty, without test/, libs/testing and the folders `testing`
 * npm run build -- --out FOLDER    into a new folder, not into dist/
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(root, 'dist');
const ASSETS = new Set(['.sql', '.json', '.eml', '.yml']);
/** Only an ordinary build has them: benches, faults and the comparison of mails run compiled. */
const FOR_TESTS = /^(test|libs\/testing|(apps|libs)\/[^/]+\/src\/testing)$/;

/** Says one sentence and ends. */
function stop(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

function readOptions() {
  const options = { clean: { type: 'boolean' }, production: { type: 'boolean' }, out: { type: 'string' } };
  try {
    const { clean = false, production = false, out } = parseArgs({ options }).values;
    return { clean: clean || production, production, out: out === undefined ? DIST : resolve(out) };
  } catch (error) {
    return stop(error.message, 2);
  }
}

function compile({ production, out }) {
  const project = production ? 'tsconfig.production.json' : 'tsconfig.build.json';
  const memory = production ? [] : ['--tsBuildInfoFile', join(out, '.tsbuildinfo')];
  const compiler = ['node_modules/typescript/bin/tsc', '-p', project, '--outDir', out, ...memory];
  const { status } = spawnSync(process.execPath, compiler, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function copyAssets({ production, out }) {
  const isWanted = (source) => {
    const path = relative(root, source).replaceAll(sep, '/');
    const isLeftOut = path.endsWith('/fixtures') || (production && FOR_TESTS.test(path));
    return !isLeftOut && (extname(path) === '' || ASSETS.has(extname(path)));
  };
  for (const folder of ['apps', 'libs', 'test']) {
    cpSync(join(root, folder), join(out, folder), { recursive: true, filter: isWanted });
  }
}

const options = readOptions();
if (!existsSync(join(root, 'node_modules/typescript'))) {
  stop('Nothing is installed yet: run `npm ci` first.');
}
// Nothing but dist/ is ever emptied, whatever folder was named by mistake.
if (options.out !== DIST && existsSync(options.out) && readdirSync(options.out).length > 0) {
  stop(`${options.out} is not empty: name a new folder, or leave --out away to build into dist/.`);
}
if (options.clean && options.out === DIST) {
  rmSync(DIST, { recursive: true, force: true });
}
compile(options);
copyAssets(options);
