/**
 * Imports point down only. Each rule names the layers that a folder may reach; everything else is a violation.
 * What specs share in `testing` folders and test/ may reach anything, and so may specs, which are left out: one that
 * asks for a neighbour of its folder makes no circle. ESLint has them enter a library by its index.
 * There is no list of exceptions.
 */
const libraries = {
  interaction: [],
  'case-domain': ['interaction'],
  webhook: ['interaction'],
  telephony: ['interaction', 'webhook'],
  directories: ['interaction', 'webhook'],
  mail: ['interaction'],
  'contact-import': ['interaction', 'mail'],
  runtime: [],
  'blob-store': [],
  postgres: ['runtime'],
  messaging: ['postgres', 'runtime'],
  'case-store': ['case-domain', 'interaction', 'postgres'],
  'case-ledger': ['case-domain', 'case-store', 'interaction', 'postgres', 'runtime'],
  'channel-kit': [
    'messaging',
    'postgres',
    'interaction',
    'webhook',
    'telephony',
    'directories',
    'blob-store',
    'runtime',
  ],
};
const adapter = ['channel-kit', 'webhook', 'telephony', 'directories', 'mail', 'interaction', 'runtime', 'blob-store'];
const applications = {
  email: adapter,
  call: adapter,
  voicemail: adapter,
  contact: adapter,
  'case-builder': [
    'case-ledger',
    'case-domain',
    'case-store',
    'messaging',
    'interaction',
    'postgres',
    'runtime',
    'blob-store',
  ],
  'case-api': [
    'case-ledger',
    'case-domain',
    'case-store',
    'channel-kit',
    'messaging',
    'interaction',
    'postgres',
    'runtime',
    'blob-store',
  ],
  standalone: [
    'messaging',
    'postgres',
    'runtime',
    'case-store',
    'blob-store',
    'interaction',
    'channel-kit',
    'webhook',
    'telephony',
    'directories',
  ],
  cli: Object.keys(libraries),
};
/** What only tests need. */
const testing = ['^libs/testing/', '^(apps|libs)/[^/]+/src/testing/'];
/** Libraries that `folder` may not reach. `#libs/x` resolves to libs/x/src/index.ts. */
const others = (folder, allowed) =>
  Object.keys(libraries)
    .concat('testing')
    .filter((name) => `libs/${name}` !== folder && !allowed.includes(name))
    .join('|');
const only = (folder, allowed) => ({
  name: `${folder.replace('/', '-')}-imports-down`,
  comment: `${folder} may import only: ${allowed.join(', ') || 'no other library'}`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: testing },
  to: { path: `^libs/(${others(folder, allowed)})/` },
});

module.exports = {
  forbidden: [
    ...Object.entries(libraries).map(([name, allowed]) => only(`libs/${name}`, allowed)),
    ...Object.entries(applications).map(([name, allowed]) => only(`apps/${name}`, allowed)),
    {
      name: 'libraries-know-no-app',
      severity: 'error',
      from: { path: '^libs/', pathNot: testing },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'standalone puts the apps together',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: [...testing, '^apps/standalone/'] },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'standalone-uses-modules-only',
      severity: 'error',
      from: { path: '^apps/standalone/', pathNot: testing },
      to: { path: '^apps/(?!standalone/)', pathNot: '\\.module\\.ts$' },
    },
    {
      name: 'libraries-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^(apps|libs|test)/', pathNot: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'library-internals-stay-inside',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'case-domain-is-pure',
      comment: 'no node:, no Nest, no SQL, no clock',
      severity: 'error',
      from: { path: '^libs/case-domain/', pathNot: testing },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'webhook-readers-are-pure',
      comment: 'of Node only its hashes; no Nest, no SQL, no network',
      severity: 'error',
      from: { path: '^libs/(webhook|telephony|directories)/', pathNot: testing },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^(node:)?crypto$|^node_modules/(ajv|class-transformer|class-validator|reflect-metadata)/',
      },
    },
    {
      name: 'testing-only-from-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: testing },
      to: { path: testing },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-of-folders',
      comment: 'of two folders side by side one is the lower one',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^#libs/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.spec\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'types', 'default'], exportsFields: ['exports'] },
  },
};
