import { Inject, Query } from '@nestjs/common';
import { CATEGORIES } from '#libs/case-domain';
import { findPersons, listCases, type PersonName } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { Pool } from 'pg';
import { notFound } from '../http/problem.js';
import { oneOf, text } from '../query/query-parameters.js';
import { createQueryReader, type QueryReader, type RawQuery } from '../query/query-reader.js';
import { Truth } from '../resources/properties.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { loadCaseDetails } from './case-details.js';
import { CaseDetailResource, caseDetailOf } from './case.resource.js';
import { readContactCalled } from './write/read-called.js';

/** The newest case of somebody who may be one of several. */
export class LatestCaseResource extends CaseDetailResource {
  @Truth({ description: 'Several people share what was named; the case is of one of them.' }) ambiguous!: boolean;
}

const STATUSES = {
  unresolved: CATEGORIES.filter((category) => category !== 'resolved'),
  resolved: ['resolved', 'closed'],
  all: undefined,
} as const;
type State = keyof typeof STATUSES;
const STATES = Object.keys(STATUSES) as State[];

/** What names a person, and what stands before its value in a name. */
const PERSONS = { contact_id: '', email: 'email:', phone: 'phone:', external: 'external:' } as const;
const NAMES = Object.keys(PERSONS) as (keyof typeof PERSONS)[];
const LONGEST_NAME = 400;

const PARAMETERS = [
  text('contact_id', 'Id of a contact, or a name as in `email:rita@example.org`. One of the four says whose case.'),
  text('email', 'A mail address, also that of an agent.'),
  text('phone', 'A number, E.164; all who share it are meant.'),
  text('external', 'Integration and id there: `hubspot:1246965`.'),
  oneOf('state', STATES, 'all', '`unresolved`, `resolved` (closed ones too), or all of them.'),
];

/** Which case a person who writes or calls is likely to mean. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:read' })
export class LatestCaseController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @ReadRoute('latest', {
    operationId: 'getLatestCase',
    summary: 'The newest case of a person',
    query: PARAMETERS,
    answer: LatestCaseResource,
    problems: ['not-found', 'malformed-query', 'validation-failed', 'unknown-field'],
  })
  async get(@Query() query: RawQuery, @Exchange() { principal }: Exchange): Promise<LatestCaseResource> {
    const { person, state } = readQuery(query);
    const { accountId } = principal;
    const holders = await findPersons(this.pool, accountId, [person]);
    const filter = { requesterIds: holders.map(({ id }) => id), statuses: STATUSES[state] };
    const page = { sort: '-created_at', limit: 1, position: [] } as const;
    const [view] = holders.length === 0 ? [] : await listCases(this.pool, accountId, filter, page);
    if (view === undefined) {
      throw notFound('Such a case');
    }
    const ambiguous = new Set(holders.map(({ personId }) => personId)).size > 1;
    return { ...caseDetailOf(view, await loadCaseDetails(this.pool, view, new Date().toISOString())), ambiguous };
  }
}

function readQuery(query: RawQuery): { readonly person: PersonName; readonly state: State } {
  const reader = createQueryReader(query, PARAMETERS);
  const named = NAMES.flatMap((name) => readPerson(reader, name));
  const [state = 'all', ...states] = reader.list('state', STATES) ?? [];
  if (states.length > 0) {
    reader.refuse('state', `Must be one of: ${STATES.join(', ')}.`);
  }
  if (NAMES.filter((name) => query[name] !== undefined).length !== 1) {
    reader.refuse(
      'contact_id',
      `Must be given, or one of the others: ${NAMES.slice(1).join(', ')}. One of them alone.`,
    );
  }
  reader.finish();
  return { person: named[0] ?? { by: 'id', value: '' }, state: state as State };
}

function readPerson(reader: QueryReader, name: keyof typeof PERSONS): PersonName[] {
  const given = reader.text(name, LONGEST_NAME);
  if (given === undefined) {
    return [];
  }
  // In a query a plus is a blank unless it was encoded, and no number begins with a blank.
  const value = name === 'phone' ? given.replace(/^ /, '+') : given;
  const called = readContactCalled(`${PERSONS[name]}${value}`);
  if ('detail' in called) {
    reader.refuse(name, called.detail);
    return [];
  }
  return [called];
}
