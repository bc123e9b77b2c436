/** Starts one app of the image by its name: `node bin/start-app.mjs case-builder`. */
import { existsSync } from 'node:fs';

const APPS = ['standalone', 'email', 'call', 'voicemail', 'contact', 'case-builder', 'case-api'];
const name = process.argv[2] ?? 'standalone';
const entry = new URL(`../dist/apps/${name}/src/main.js`, import.meta.url);

if (!APPS.includes(name)) {
  process.stderr.write(`There is no app "${name}". Choose one of: ${APPS.join(', ')}.\n`);
  process.exit(2);
}
if (!existsSync(entry)) {
  process.stderr.write('Nothing is built yet: run `npm run build` first.\n');
  process.exit(1);
}
await import(entry.href);
