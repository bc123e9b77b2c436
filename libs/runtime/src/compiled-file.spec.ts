import { expect, it } from '@jest/globals';
import { compiledFile } from './compiled-file.js';

it.each([
  ['file:///srv/apps/email/src/parse/pool.ts', 'file:///srv/dist/apps/email/src/parse/worker.js'],
  ['file:///srv/dist/apps/email/src/parse/pool.js', 'file:///srv/dist/apps/email/src/parse/worker.js'],
  [
    'file:///apps/x/src/casewright/apps/email/src/pool.ts',
    'file:///apps/x/src/casewright/dist/apps/email/src/worker.js',
  ],
])('what %s asks for is %s', (askedBy, expected) => {
  expect(compiledFile('./worker.js', askedBy).href).toBe(expected);
});
