import { describe, expect, it } from '@jest/globals';
import { casewright } from './terminal-of-test.js';

const COMMANDS = [
  ['send'],
  ['play'],
  ['talkdesk', 'template'],
  ['normalise'],
  ['mailbox', 'list'],
  ['mailbox', 'test'],
  ['explain'],
  ['content'],
  ['address'],
  ['topics', 'list'],
  ['topics', 'tail'],
  ['cases', 'hold'],
  ['cases', 'release'],
  ['attachments', 'upload'],
  ['attachments', 'list'],
  ['attachments', 'download'],
  ['case-fields', 'list'],
  ['case-fields', 'create'],
  ['case-fields', 'update'],
  ['case-fields', 'delete'],
  ['quarantine', 'list'],
  ['quarantine', 'release'],
  ['quarantine', 'reject'],
  ['deliveries'],
  ['deliveries', 'show'],
  ['deliveries', 'replay'],
  ['clients', 'create'],
  ['clients', 'list'],
  ['clients', 'rotate'],
  ['clients', 'revoke'],
  ['dead-letters', 'list'],
  ['dead-letters', 'show'],
  ['dead-letters', 'replay'],
  ['dead-letters', 'discard'],
  ['doctor'],
  ['bench'],
  ['contacts', 'import'],
];
const NOWHERE = { DATA_DIR: '/nonexistent/casewright' };

describe('every command', () => {
  it.each(COMMANDS)('has help with an example: %s %s', async (...words) => {
    const { code, output } = await casewright([...words.filter((word) => word !== undefined), '--help']);
    expect([code, output]).toEqual([0, expect.stringContaining('casewright ')]);
    expect(output).toMatch(/Examples?:\n {2}(CASEWRIGHT\w+=\S+ )?casewright /);
  });
});

describe('what makes no sense ends with 2 and one sentence', () => {
  it.each([
    [['sned', 'x.eml'], /unknown command 'sned'/],
    [['send'], /missing required argument/],
    [['doctor', '--colour'], /unknown option '--colour'/],
    [['send', '--server', 'a b', 'x.eml'], /"a b" is no server/],
    [['address', 'CASE-0'], /names no case/],
    [['contacts', 'import', 'a.csv', '--id-column', 'No.'], /say which, with --integration/],
    [['contacts', 'import', 'a.csv', '--map', 'mood=Laune'], /"mood=Laune" maps nothing/],
    [['contacts', 'import', 'a.csv', '--separator', ';;'], /is no separator/],
    [['contacts', 'import', 'a.csv', '--country', 'Portugal'], /is no country/],
    [['contacts', 'import', 'a.csv', '--report', './a.csv'], /would replace the file/],
    [['contacts', 'import', 'a.csv', '--resume', '12'], /is no id of an import/],
    [['explain', 'CASE-12'], /is no interaction id/],
    [['explain', '--url', 'nowhere', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], /is no address/],
    [['content', 'x'], /is no SHA-256: it has 64/],
    [['content', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], /add --raw/],
    [['content', '--raw', 'a'.repeat(64)], /is no interaction id/],
    [['quarantine', 'release', 'x'], /is no interaction id/],
    [['deliveries', 'show', 'x'], /is no delivery: /],
    [['quarantine', 'reject', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], /--reason/],
    [['topics', 'tail', 'cases'], /There is no topic "cases"/],
    [['clients', 'create', 'shop'], /--scopes/],
    [['clients', 'create', 'shop', '--scopes', 'cases:everything'], /no scope "cases:everything".*cases:read/],
    [['clients', 'create', ' ', '--scopes', 'cases:read'], /no name/],
    [['dead-letters', 'replay'], /their ids, or --all/],
    [['dead-letters', 'show', 'x'], /is no dead letter's id/],
  ])('%j', async (words, sentence) => {
    const { code, errors } = await casewright(words, NOWHERE);
    expect(errors).toMatch(sentence);
    expect(code).toBe(2);
  });
});

describe('what is not there ends with 1 and says what to do', () => {
  it.each([
    [['topics', 'list'], /start it with "npm start", or set DATABASE_URL/],
    [['mailbox', 'list'], /start it with "npm start", or set DATABASE_URL/],
    [['quarantine', 'list'], /start it with "npm start", or name the Case API/],
    [['clients', 'list'], /start it with "npm start", or set DATABASE_URL/],
    [['dead-letters', 'list'], /start it with "npm start", or set DATABASE_URL/],
    [
      ['content', 'a'.repeat(64)],
      /There is no blob store at \/nonexistent\/casewright\/blobs: correct BLOB_URL or DATA_DIR/,
    ],
    [['content', '--raw', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], /start it with "npm start", or set DATABASE_URL/],
    [['explain', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], /start it with "npm start", or set DATABASE_URL/],
  ])('%j', async (words, sentence) => {
    const { code, errors } = await casewright(words, NOWHERE);
    expect(errors).toMatch(sentence);
    expect(code).toBe(1);
  });

  it('names every error of the configuration by its path', async () => {
    const { code, errors } = await casewright(['topics', 'list'], { ...NOWHERE, PORT: 'x', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(errors).toMatch(/PORT: .*LOG_LEVEL: |LOG_LEVEL: .*PORT: /);
  });
});
