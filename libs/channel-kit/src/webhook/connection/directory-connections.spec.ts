import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, loadConfiguration } from '#libs/runtime';
import { checkConnections } from './connections.js';
import { directoryConnectionsOf } from './directory-connections.js';

function load(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'casewright-directories-'));
  try {
    writeFileSync(join(folder, 'casewright.yml'), text);
    return loadConfiguration({ CASEWRIGHT_CONFIG: join(folder, 'casewright.yml') }, checkConnections);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pathsOf(text: string): string[] {
  try {
    load(text);
    return [];
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems.map(({ path }) => path) : [String(error)];
  }
}

const ORIGINS = "allowedOrigins: ['https://www.acme.example']";
const SEGMENT = 'secret: a-segment-of-the-address';

describe('contacts and forms of a configuration', () => {
  it('are connections by their keys', () => {
    const configuration = load(`
contacts:
  - { provider: hubspot, key: main, publicUrl: 'https://hooks.acme.example', secret: the-secret-of-an-app }
  - { provider: json, key: shop, integration: shop, ${SEGMENT}, map: { external_id: /id } }
forms: [ { key: website, ${ORIGINS} } ]`);
    expect([...directoryConnectionsOf(configuration).keys()]).toEqual(['contacts/main', 'contacts/shop']);
    expect(configuration.forms[0]).toMatchObject({ key: 'website', minSeconds: 3, group: null });
  });

  it.each([
    ['an unknown directory', '{ provider: hubspott, key: a }', ['contacts[0].provider']],
    [
      'an unknown setting',
      `{ provider: salesforce, key: a, ${SEGMENT}, organisationId: x }`,
      ['contacts[0].organisationId', 'contacts[0].organizationId'],
    ],
    ['a short secret', '{ provider: talkdesk, key: a, secret: short }', ['contacts[0].secret']],
    ['no address to sign', '{ provider: hubspot, key: a, secret: the-secret-of-an-app }', ['contacts[0].publicUrl']],
    ['no integration', `{ provider: json, key: a, ${SEGMENT}, map: {} }`, ['contacts[0].integration']],
    [
      'two proofs',
      `{ provider: json, key: a, integration: a, ${SEGMENT}, basic: { user: a, password: a-password-of-sixteen }, map: {} }`,
      ['contacts[0].map'],
    ],
    [
      'a pointer that is none',
      `{ provider: json, key: a, integration: a, ${SEGMENT}, map: { name: person.name } }`,
      ['contacts[0].map.name'],
    ],
    ['a group that is not', `{ provider: talkdesk, key: a, ${SEGMENT}, group: Suport }`, ['contacts[0].group']],
    [
      'a key twice',
      `{ provider: talkdesk, key: a, ${SEGMENT} }, { provider: pipedrive, key: a, basic: { user: a, password: a-password-of-sixteen } }`,
      ['contacts[1].key'],
    ],
  ])('tell of %s by its path', (_, entries, paths) => {
    expect(pathsOf(`contacts: [ ${entries} ]`)).toEqual(paths);
  });

  it.each([
    ['no origin', '{ key: website }', ['forms[0].allowedOrigins']],
    [
      'an origin with a path',
      "{ key: website, allowedOrigins: ['https://www.acme.example/contact'] }",
      ['forms[0].allowedOrigins'],
    ],
    ['every origin', "{ key: website, allowedOrigins: ['*'] }", ['forms[0].allowedOrigins']],
    ['a key twice', `{ key: website, ${ORIGINS} }, { key: website, ${ORIGINS} }`, ['forms[1].key']],
  ])('tell of a form with %s', (_, entries, paths) => {
    expect(pathsOf(`forms: [ ${entries} ]`)).toEqual(paths);
  });
});
