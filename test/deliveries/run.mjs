/** Starts the compiled flood; see `node test/deliveries/run.mjs --help`. */
import { existsSync } from 'node:fs';

const compiled = new URL('../../dist/test/deliveries/main.js', import.meta.url);
if (existsSync(compiled)) {
  await import(compiled.href);
} else {
  process.stderr.write('Nothing is built yet: run `npm run build` first.\n');
  process.exitCode = 1;
}
