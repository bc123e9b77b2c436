/**
 * `npm run build`: compiles apps and libs into dist/ and copies what is not TypeScript (migrations, schemas, sample mails).
 * Incremental; quiet when all is well.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const ASSETS = new Set(['.sql', '.json', '.eml', '.yml']);

if (!existsSync(`${root}node_modules/typescript`)) {
  process.stderr.write('Nothing is installed yet: run `npm ci` first.\n');
  process.exit(1);
}
if (process.argv.includes('--clean')) {
  rmSync(`${root}dist`, { recursive: true, force: true });
}
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) {
  process.exit(status ?? 1);
}
for (const folder of ['apps', 'libs', 'test']) {
  cpSync(`${root}${folder}`, `${root}dist/${folder}`, {
    recursive: true,
    filter: (source) => !/[\\/]fixtures$/.test(source) && (extname(source) === '' || ASSETS.has(extname(source))),
  });
}
