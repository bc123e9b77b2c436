import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { descriptionOf, faultsOf as faultsBy, type Description, type Operation } from './description.js';
import { aWorld, storeCase, type World } from './world.js';

let world: World;
let description: Description;
beforeAll(async () => {
  world = await aWorld();
  description = await descriptionOf(world);
});
afterAll(() => world.close());

const faultsOf = (path: string, status: number, body: unknown): unknown =>
  faultsBy(description, `GET ${path}`, status, body);

it('has one resource of each name: of two, only one would be described', async () => {
  const folder = fileURLToPath(new URL('../../../apps/case-api/src/', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(folder + file, 'utf8')));
  const names = texts.flatMap((text) => [...text.matchAll(/^export class (\w+)/gm)].map(([, name]) => name));
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['DeliveryResource', 'CommentDeliveryResource']));
});

it('is OpenAPI 3.1 and names every route', () => {
  expect(description.openapi).toBe('3.1.0');
  expect(Object.values(description.paths).flatMap((path) => Object.values(path).map((one) => one.operationId))).toEqual(
    [
      'listCases',
      'createCase',
      'getCase',
      'updateCase',
      'deleteCase',
      'listCaseEvents',
      'listCaseInteractions',
      'listCaseComments',
      'createComment',
      'getCaseTimeline',
      'listCaseIncidents',
      'listCaseSubcases',
      'getLatestCase',
      'changeCases',
      'assignCase',
      'unassignCase',
      'resolveCase',
      'reopenCase',
      'mergeCases',
      'attachToCase',
      'listCaseAttachments',
      'changeCaseTags',
      'changeCaseParticipants',
      'restoreCase',
      'holdCase',
      'getComment',
      'updateComment',
      'redactComment',
      'createAttachment',
      'getAttachment',
      'getAttachmentContent',
      'listCaseLinks',
      'createCaseLink',
      'getCaseLink',
      'deleteCaseLink',
      'listCaseAddresses',
      'listInteractions',
      'createCallBarToken',
      'getInteraction',
      'moveInteraction',
      'redactInteraction',
      'getInteractionDisplay',
      'getInteractionContent',
      'createContentLink',
      'listQuarantine',
      'releaseFromQuarantine',
      'rejectFromQuarantine',
      'eraseContact',
      'listErasures',
      'getErasure',
      'startErasure',
      'refuseErasure',
      'listMailboxes',
      'getMailbox',
      'listDeliveries',
      'getDelivery',
      'replayDelivery',
      'listClients',
      'createClient',
      'getClient',
      'patchClient',
      'rotateClientKey',
      'revokeClient',
      'listStatuses',
      'createStatus',
      'getStatus',
      'patchStatus',
      'deleteStatus',
      'listCaseFields',
      'createCaseField',
      'getCaseField',
      'patchCaseField',
      'deleteCaseField',
      'getAccount',
      'patchAccount',
      'listContacts',
      'createContact',
      'getContact',
      'updateContact',
      'listContactInteractions',
      'upsertContact',
      'mergeContacts',
      'unmergeContact',
      'createContactIdentity',
      'updateContactIdentity',
      'deleteContactIdentity',
      'exportContact',
      'listAgents',
      'createAgent',
      'getAgent',
      'patchAgent',
      'putAgentPresence',
      'listGroups',
      'createGroup',
      'getGroup',
      'patchGroup',
      'putGroupMember',
      'deleteGroupMember',
      'listEndpoints',
      'createEndpoint',
      'getEndpoint',
      'patchEndpoint',
      'listAssignmentRules',
      'createAssignmentRule',
      'getAssignmentRule',
      'patchAssignmentRule',
      'deleteAssignmentRule',
      'dryRunAssignmentRules',
      'getAccountBusinessHours',
      'putAccountBusinessHours',
      'deleteAccountBusinessHours',
      'getGroupBusinessHours',
      'putGroupBusinessHours',
      'deleteGroupBusinessHours',
    ],
  );
  expect(JSON.stringify(description)).not.toContain('"nullable"');
});

it('lets nobody in without a key and its scope', () => {
  for (const { operationId, security, parameters, responses } of Object.values(description.paths).flatMap(
    Object.values<Operation>,
  )) {
    expect(parameters.filter((one) => one.in === 'header').map(({ name }) => name)).toContain('On-Behalf-Of');
    expect([operationId, security, Object.keys(responses)]).toEqual([
      operationId,
      [{ 'api-key': [] }],
      expect.arrayContaining(['401', '403']),
    ]);
  }
});

it('every answer has the shape that the description gives it', async () => {
  const { id, originInteractionId } = await storeCase(world, { priority: 'high' });
  const answers: readonly (readonly [path: string, url: string])[] = [
    ['/v1/cases', '/v1/cases?limit=1'],
    ['/v1/cases/{id}', `/v1/cases/${id}`],
    ['/v1/cases/{id}/events', `/v1/cases/${id}/events`],
    ['/v1/cases/{id}/interactions', `/v1/cases/${id}/interactions`],
    ['/v1/interactions/{id}', `/v1/interactions/${originInteractionId}`],
    ['/v1/interactions/{id}/display', `/v1/interactions/${originInteractionId}/display`],
    ['/v1/interactions/{id}/content/{sha256}', `/v1/interactions/${originInteractionId}/content/x`],
    ['/v1/mailboxes', '/v1/mailboxes'],
    ['/v1/mailboxes/{address}', '/v1/mailboxes/support@acme.example'],
    ['/v1/mailboxes/{address}', '/v1/mailboxes/nobody@acme.example'],
    ['/v1/cases', '/v1/cases?limit=x'],
    ['/v1/cases', '/v1/cases?limit=1000'],
    ['/v1/cases/{id}', '/v1/cases/number:999999'],
  ];
  for (const [path, url] of answers) {
    const { status, body } = await world.get(url);
    expect([url, status, faultsOf(path, status, body)]).toEqual([url, status, []]);
  }
});

it('finds a field of the wrong type', async () => {
  const { id } = await storeCase(world);
  const { body } = await world.get(`/v1/cases/${id}`);
  expect(faultsOf('/v1/cases/{id}', 200, { ...body, version: 'x', closed_at: 7 })).toHaveLength(2);
  expect(faultsOf('/v1/cases/{id}', 200, { ...body, subject: undefined })).toHaveLength(1);
});

it('says of every change that it may be repeated, and how it is refused', () => {
  const changes = Object.values(description.paths).flatMap((path) =>
    Object.entries(path).flatMap(([method, operation]) =>
      method === 'get' || operation.operationId === 'createContentLink' ? [] : [operation],
    ),
  );
  expect(changes.length).toBeGreaterThan(0);
  for (const { operationId, parameters, responses } of changes) {
    const headers = parameters.filter((one) => one.in === 'header').map(({ name }) => name);
    expect([operationId, headers]).toEqual([operationId, expect.arrayContaining(['Idempotency-Key', 'On-Behalf-Of'])]);
    expect(JSON.stringify(responses)).toContain('idempotency-in-progress');
    const isVersioned = headers.includes('If-Match');
    expect([operationId, '412' in responses, '428' in responses]).toEqual([operationId, isVersioned, isVersioned]);
  }
});

it('examples of problems are problems', () => {
  const { responses } = description.paths['/v1/cases']?.get ?? { responses: {} };
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '422', '429']);
});
