import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface NestProject {
  readonly root: string;
  readonly sourceRoot: string;
  readonly entryFile: string;
}

interface NestConfiguration {
  readonly compilerOptions: { readonly tsConfigPath: string };
  readonly projects: Readonly<Record<string, NestProject>>;
}

/** No script of ours reads the file, so nothing else would notice. */
it('nest-cli.json has every app as a project, with files that exist', () => {
  const text = readFileSync(join(ROOT, 'nest-cli.json'), 'utf8');
  const { compilerOptions, projects } = JSON.parse(text) as NestConfiguration;
  expect(Object.keys(projects).toSorted()).toEqual(readdirSync(join(ROOT, 'apps')).toSorted());
  const named = Object.entries(projects).map(([name, { root, sourceRoot, entryFile }]) => {
    expect(root).toBe(`apps/${name}`);
    return join(sourceRoot, `${entryFile}.ts`);
  });
  expect([compilerOptions.tsConfigPath, ...named].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
