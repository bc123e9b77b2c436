/** Starts the compiled program of imports; see `node test/imports/run.mjs --help`. */
import { existsSync } from 'node:fs';

const compiled = new URL('../../dist/test/imports/main.js', import.meta.url);
if (existsSync(compiled)) {
  await import(compiled.href);
} else {
  process.stderr.write('Nothing is built yet: run `npm run build` first.\n');
  process.exitCode = 1;
}
