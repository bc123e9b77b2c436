import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createApiKey } from '#libs/testing';
import { ANA, aCaseWriter, type CaseWriter } from '../integration/case-api/case-writer.js';
import { OUR_ACCOUNT } from '../integration/case-api/identities.js';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url).pathname;
const program = (path: string): string => join(root, 'node_modules', path);

const COMPILED = {
  compilerOptions: {
    ...{ module: 'nodenext', target: 'es2022', strict: true, exactOptionalPropertyTypes: true },
    ...{ types: ['node'], skipLibCheck: true, outDir: 'out', rootDir: '.' },
  },
  files: ['scenario.ts'],
};

let writer: CaseWriter;
let folder: string;
let document: Record<string, unknown>;
beforeAll(async () => {
  writer = await aCaseWriter();
  folder = await mkdtemp(join(tmpdir(), 'casewright-client-'));
  document = (await writer.world.get('/openapi.json', { key: null })).body;
});
afterAll(async () => {
  await writer.world.close();
  await rm(folder, { recursive: true, force: true });
});

/** Compiles the scenario; what the compiler says when it refuses. */
async function compile(): Promise<string> {
  const compiling = run(process.execPath, [program('typescript/bin/tsc'), '-p', folder]);
  return compiling.then(
    () => '',
    (error: { readonly stdout: string }) => error.stdout,
  );
}

it('the description is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const broken = { ...document, paths: { '/v1/cases': { get: { responses: { '200': {} } } } } };
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

it('a client made of the description compiles and works', async () => {
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(COMPILED));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const source = join(root, 'test/contract/generated-client/scenario.ts.txt');
  await copyFile(source, join(folder, 'scenario.ts'));
  const [from, to] = ['openapi.json', 'api.d.ts'].map((name) => join(folder, name));
  await run(process.execPath, [program('openapi-typescript/bin/cli.js'), from ?? '', '-o', to ?? '']);
  expect(await compile()).toBe('');

  const key = await createApiKey(writer.world.database.pool, {
    accountId: OUR_ACCOUNT,
    name: 'generated client',
    scopes: ['cases:write'],
  });
  const url = await writer.world.application.getUrl();
  const { stdout } = await run(process.execPath, [join(folder, 'out/scenario.js'), url, key, ANA]);
  expect(JSON.parse(stdout)).toEqual({
    comment: 'A new one?',
    assignee: 'Ana',
    status: 'resolved',
    code: 'case-resolved',
    listed: true,
    events: ['created', 'comment_added', 'assigned', 'resolved'],
    versions: [1, 2, 3, 4],
  });
});

it('a program that asks for what the API does not have does not compile', async () => {
  const lies = [
    `await client.GET('/v1/nothing');`,
    `await client.POST('/v1/cases', { body: { subject: 7 } });`,
    `const refused = await client.GET('/v1/cases'); if (refused.error?.status === 401) { refused.error.code === 'case-closed'; }`,
  ];
  const head = `import createClient from 'openapi-fetch';\nimport type { paths } from './api.js';\nconst client = createClient<paths>();\n`;
  await writeFile(join(folder, 'scenario.ts'), `${head}${lies.map((lie) => `{ ${lie} }`).join('\n')}\nexport {};\n`);
  const said = await compile();
  expect(said.match(/scenario\.ts\(\d+/g)).toEqual(['scenario.ts(4', 'scenario.ts(5', 'scenario.ts(6']);
});
