import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of a repository by their paths, with what is in them. */
export type Tree = ReadonlyMap<string, string>;

/** Apps that take nothing in. */
const NO_ADAPTERS = ['case-api', 'case-builder', 'cli', 'standalone'];

/** Where the parts of a channel are that stand outside its folder. */
const SHARED = {
  topics: 'libs/interaction/src/topic/topics.ts',
  standalone: 'apps/standalone/src/standalone.module.ts',
  compose: 'docker-compose.yml',
  projects: 'nest-cli.json',
};

/** Reads what the checks look at: the sources of the apps, and the four files that name them. */
export async function readTree(root: string): Promise<Tree> {
  const sources = await readdir(join(root, 'apps'), { recursive: true });
  const paths = sources.map((path) => `apps/${path}`).filter((path) => path.endsWith('.ts'));
  const wanted = [...new Set([...paths, ...Object.values(SHARED)])];
  return new Map(
    await Promise.all(wanted.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  );
}

/** Every app that takes something in, by its folder. */
export function adaptersIn(tree: Tree): string[] {
  const apps = [...tree.keys()].flatMap((path) => /^apps\/([^/]+)\/src\//.exec(path)?.[1] ?? []);
  return [...new Set(apps)].filter((app) => !NO_ADAPTERS.includes(app)).sort();
}

/** What an adapter consists of (ARCHITECTURE.md, Adding a channel). */
export const PARTS = [
  'main',
  'module',
  'payload',
  'normalise',
  'specs',
  'topic',
  'project',
  'compose entry',
  'line in standalone',
] as const;
export type Part = (typeof PARTS)[number];

/** What an adapter lacks; nothing for one that is whole. */
export function lackingIn(tree: Tree, adapter: string): Part[] {
  const folder = `apps/${adapter}/src/`;
  const own = [...tree].filter(([path]) => path.startsWith(folder));
  const has = (pattern: RegExp): boolean => own.some(([path]) => pattern.test(path.slice(folder.length)));
  const mentions = (word: string): boolean =>
    own.some(([path, text]) => !path.endsWith('.spec.ts') && new RegExp(`\\b${word}\\b`).test(text));
  const mountsWebhooks = mentions('WebhookModule');
  const says = (file: keyof typeof SHARED, pattern: string): boolean =>
    new RegExp(pattern, 'm').test(tree.get(SHARED[file]) ?? '');
  const found: Readonly<Record<Part, boolean>> = {
    main: has(/^main\.ts$/),
    module: has(new RegExp(`^${adapter}\\.module\\.ts$`)),
    // What parsing finds may stand in a library of its own; a telephone system's folder reads bytes as facts in one go, for
    // whoever mounts the webhooks.
    payload: has(/^(.*\/)?payload(\.ts|\/)/) || mentions('libs/mail') || mountsWebhooks,
    normalise: has(/^(.*\/)?normalise(\.ts|\/)/) || mountsWebhooks,
    specs: has(/^(?!.*\.module\.spec\.ts$).*\.spec\.ts$/),
    topic: says('topics', `'interactions\\.${adapter}\\.v1'`),
    project: says('projects', `"${adapter}": \\{`),
    'compose entry': says('compose', `^  ${adapter}:\\n(    .*\\n)*    command: \\[${adapter}\\]`),
    'line in standalone': says('standalone', `^ +${pascal(adapter)}Module(\\.|,)`),
  };
  return PARTS.filter((part) => !found[part]);
}

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
