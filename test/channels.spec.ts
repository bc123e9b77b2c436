import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { adaptersIn, lackingIn, type Part, PARTS, readTree, type Tree } from './channels/adapters.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('the channels of this repository', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await readTree(ROOT);
  });

  it('are whole', () => {
    const adapters = adaptersIn(tree);
    expect(adapters).toEqual(expect.arrayContaining(['call', 'contact', 'email', 'voicemail']));
    const lacking = adapters.flatMap((adapter) => lackingIn(tree, adapter).map((part) => `${adapter}: ${part}`));
    expect(lacking).toEqual([]);
  });
});

/** The least that makes a channel called `fax`. */
const WHOLE: Readonly<Record<string, string>> = {
  'apps/fax/src/main.ts': '',
  'apps/fax/src/fax.module.ts': '',
  'apps/fax/src/fax.module.spec.ts': '',
  'apps/fax/src/payload.ts': '',
  'apps/fax/src/normalise.ts': '',
  'apps/fax/src/normalise.spec.ts': '',
  'apps/case-api/src/main.ts': '',
  'libs/interaction/src/topic/topics.ts': `export const INTERACTION_TOPICS = ['interactions.fax.v1'];`,
  'nest-cli.json': '{ "projects": { "fax": { "root": "apps/fax" } } }',
  'docker-compose.yml': 'services:\n  fax:\n    <<: *app\n    command: [fax]\n',
  'apps/standalone/src/standalone.module.ts': 'imports: [\n  FaxModule,\n]',
};

/** Which file has to be gone, or empty, for a part to be lacking. */
const WHERE: Readonly<Record<Part, string>> = {
  main: 'apps/fax/src/main.ts',
  module: 'apps/fax/src/fax.module.ts',
  payload: 'apps/fax/src/payload.ts',
  normalise: 'apps/fax/src/normalise.ts',
  specs: 'apps/fax/src/normalise.spec.ts',
  topic: 'libs/interaction/src/topic/topics.ts',
  project: 'nest-cli.json',
  'compose entry': 'docker-compose.yml',
  'line in standalone': 'apps/standalone/src/standalone.module.ts',
};

describe('a channel', () => {
  const whole = new Map(Object.entries(WHOLE));

  it('is found by its folder, and lacks nothing when all is there', () => {
    expect(adaptersIn(whole)).toEqual(['fax']);
    expect(lackingIn(whole, 'fax')).toEqual([]);
  });

  it.each(PARTS)('without its %s lacks that, and nothing else', (part) => {
    const tree = new Map([...whole].filter(([path]) => path !== WHERE[part]));
    expect(lackingIn(tree, 'fax')).toEqual([part]);
  });

  it('is not started by an entry of another name, nor by its own that is commented out', () => {
    const tree = new Map(whole)
      .set('docker-compose.yml', 'services:\n  fax:\n    <<: *app\n    command: [email]\n')
      .set('apps/standalone/src/standalone.module.ts', 'imports: [\n  // FaxModule,\n]');
    expect(lackingIn(tree, 'fax')).toEqual(['compose entry', 'line in standalone']);
  });

  it('may leave reading and normalising to a library', () => {
    const tree = new Map(whole);
    tree.delete(WHERE.payload);
    tree.delete(WHERE.normalise);
    tree.set('apps/fax/src/receive.ts', "import { WebhookModule } from '#libs/channel-kit';");
    expect(lackingIn(tree, 'fax')).toEqual([]);
    expect(lackingIn(tree.set('apps/fax/src/receive.ts', "import { parseMail } from '#libs/mail';"), 'fax')).toEqual([
      'normalise',
    ]);
  });
});
