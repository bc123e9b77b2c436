import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Default exports are allowed only where a tool demands one. */
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export.',
};

/** Specs included; dependency-cruiser, which leaves specs out, says which libraries a folder may enter at all. */
const entersByIndex = (...paths) => ({
  'no-restricted-imports': [
    'error',
    { patterns: paths.map((regex) => ({ regex, message: 'Enter a library by its index: #libs/name.' })) },
  ],
});
const LIBRARY = '(^|/)libs/[^/]+/src/';
/** From within libs/ another `src` is another library's. */
const NEIGHBOUR = '^\\.\\./(?!.*apps/).*/src/';
/** Whoever calls one of these writes cases beside the locks, the fences and the announcements of everybody else. */
const goThroughTheLedger = {
  paths: [
    {
      name: '#libs/case-store',
      importNames: [
        'addEndpoints',
        'allocateNumbers',
        'appendOutbox',
        'attachFiles',
        'claimThreads',
        'deleteCommentAttachments',
        'deleteLinks',
        'editComments',
        'insertCaseEvents',
        'insertCases',
        'insertComments',
        'insertContacts',
        'insertDeadLetters',
        'insertFacts',
        'insertIdentities',
        'insertInteractions',
        'insertLinks',
        'insertSuspensions',
        'moveInteractions',
        'moveThreads',
        'redactAnswers',
        'redactCommentEvents',
        'redactComments',
        'redactCopiedWords',
        'redactInteractions',
        'redactMergeNotes',
        'relinkInteractions',
        'returnNumbers',
        'reviseInteractions',
        'settleSuspensions',
        'stampAssigned',
        'updateCases',
      ],
      message: 'Only libs/case-ledger writes this: call its `settle`, or `writeOff` for what is skipped.',
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'examples/**',
      'node_modules/**',
      'data/**',
      'coverage/**',
      '*.config.mjs',
      '.dependency-cruiser.cjs',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', noDefaultExport],
      ...entersByIndex(LIBRARY),
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true }],
    },
  },
  { files: ['libs/**/*.ts'], rules: entersByIndex(LIBRARY, NEIGHBOUR) },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/case-ledger/**', 'libs/testing/**', '**/*.spec.ts', '**/testing/**'],
    // By its other name: a second set of options for one rule would replace the first.
    rules: { '@typescript-eslint/no-restricted-imports': ['error', goThroughTheLedger] },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'libs/testing/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs', 'bin/**/*.mjs', 'libs/**/*.mjs', 'test/**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        clearTimeout: 'readonly',
        AbortController: 'readonly',
        performance: 'readonly',
      },
    },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true }],
    },
  },
  prettier,
  { rules: { curly: ['error', 'all'] } },
);
