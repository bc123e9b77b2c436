import { Inject, Param, Query } from '@nestjs/common';
import { CUSTOM_FIELD_TYPES } from '#libs/case-domain';
import {
  type CaseFieldView,
  deleteCaseField,
  findFieldUses,
  findUsedOptions,
  insertCaseField,
  listCaseFields,
  lockCaseFields,
  updateCaseField,
} from '#libs/case-store';
import { newId } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool, PoolClient } from 'pg';
import { bodyOf, faultless, readBody } from '../body/read-body.js';
import { entityTag } from '../http/entity-tag.js';
import { ProblemException } from '../http/problem.js';
import { PAGE_PARAMETERS, readPageQuery } from '../query/page-query.js';
import { someOf, truth } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { Pages, type Page } from '../routes/pages.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, DeleteRoute, ListRoute, PatchRoute, ReadRoute } from '../routes/routes.js';
import { changedSince, isKnownVersion, versioned } from '../routes/versions.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { CASE_FIELD_PATCH, NEW_CASE_FIELD } from './case-field-body.js';
import { CASE_FIELD_ID, caseFieldNamed } from './case-field-name.js';
import {
  changesOf,
  conflictOfNew,
  faultsOfNew,
  faultsOfPatch,
  removedPaths,
  rowOfNew,
  valueOfPath,
} from './case-field-rules.js';
import { CaseFieldListResource, CaseFieldResource, caseFieldResourceOf } from './case-field.resource.js';

const FILTERS = [someOf('type', CUSTOM_FIELD_TYPES, 'Any of these.'), truth('active')];

/** Fields that the account has added to its cases. */
@ResourceController('v1/case-fields', { tag: 'case fields', scope: 'config:read' })
export class CaseFieldsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @ListRoute('', {
    operationId: 'listCaseFields',
    summary: 'Fields of cases, by position',
    query: FILTERS,
    answer: CaseFieldListResource,
  })
  async list(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<Page<CaseFieldResource>> {
    const reader = createQueryReader(query, [...FILTERS, ...PAGE_PARAMETERS]);
    const page = readPageQuery(reader);
    const filter = { types: reader.list('type', CUSTOM_FIELD_TYPES), active: reader.boolean('active') };
    reader.finish();
    const rows = (await listCaseFields(this.pool, exchange.principal.accountId)).filter(
      ({ type, active }) => (filter.types?.includes(type) ?? true) && active === (filter.active ?? active),
    );
    return this.pages.readWhole(exchange, {
      list: 'case-fields',
      filter,
      page,
      rows,
      placeOf,
      resourceOf: caseFieldResourceOf,
    });
  }

  @ReadRoute(':id', {
    operationId: 'getCaseField',
    summary: 'One field',
    parameters: [CASE_FIELD_ID],
    ...versioned(CaseFieldResource),
  })
  async get(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<CaseFieldResource | undefined> {
    const found = caseFieldNamed(await listCaseFields(this.pool, exchange.principal.accountId), name);
    return isKnownVersion(exchange, found.version) ? undefined : caseFieldResourceOf(found);
  }

  @CreateRoute('', {
    operationId: 'createCaseField',
    summary: 'Adds a field to cases',
    scope: 'config:write',
    body: bodyOf(NEW_CASE_FIELD),
    answer: CaseFieldResource,
    problems: ['field-required', 'read-only', 'too-many-items', 'name-taken', 'limit-reached'],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const all = await lockCaseFields(client, accountId);
      const read = readBody(body.value, NEW_CASE_FIELD);
      const wish = faultless(read, faultsOfNew(read.value, read.faults));
      const conflict = conflictOfNew(all, wish);
      if (conflict !== null) {
        throw new ProblemException(conflict);
      }
      const stored = await insertCaseField(client, accountId, rowOfNew(all, newId(), wish));
      const answer = answerOf(stored, 201);
      return { ...answer, headers: { ...answer.headers, location: `/v1/case-fields/${stored.id}` } };
    });
  }

  @PatchRoute(':id', {
    operationId: 'patchCaseField',
    summary: 'Changes a field',
    scope: 'config:write',
    parameters: [CASE_FIELD_ID],
    body: bodyOf(CASE_FIELD_PATCH),
    answer: CaseFieldResource,
    problems: ['field-required', 'read-only', 'too-many-items', 'in-use'],
  })
  async update(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.versionOf(client, exchange, name);
      const read = readBody(body.value, CASE_FIELD_PATCH);
      const patch = faultless(read, faultsOfPatch(before, read.value));
      const { row, changed } = changesOf(before, patch);
      if (changed.length === 0) {
        return answerOf(before, 200);
      }
      await refuseRemoving(client, accountId, before, removedPaths(before.options, row.options));
      return answerOf(await updateCaseField(client, accountId, row, changed), 200);
    });
  }

  @DeleteRoute(':id', {
    operationId: 'deleteCaseField',
    summary: 'Deletes a field that no case ever had',
    scope: 'config:write',
    parameters: [CASE_FIELD_ID],
    problems: ['in-use'],
  })
  async delete(@Param('id') name: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    const body = await this.writes.readBody(exchange);
    return this.writes.configure(exchange, body, async (client) => {
      const before = await this.versionOf(client, exchange, name);
      faultless(readBody(body.value, {}));
      const { held, remembered } = await findFieldUses(client, accountId, before.id);
      if (held || remembered) {
        const detail = 'Cases have it, or had it once: it can be deactivated, and stays readable where it was used.';
        throw new ProblemException({ code: 'in-use', detail });
      }
      await deleteCaseField(client, accountId, before.id);
      return { status: 204, headers: {} };
    });
  }

  /** The field of the path, locked, when the request is for this version of it. */
  private async versionOf(client: PoolClient, exchange: Exchange, name: string): Promise<CaseFieldView> {
    const field = caseFieldNamed(await lockCaseFields(client, exchange.principal.accountId), name);
    await this.writes.checkVersion(client, exchange, {
      version: field.version,
      changedSince: (version) => changedSince(field.changedIn, version),
    });
    return field;
  }
}

/** Throws 409 while cases have a choice that is to go. */
async function refuseRemoving(
  client: PoolClient,
  accountId: string,
  field: CaseFieldView,
  paths: readonly (readonly string[])[],
): Promise<void> {
  const values = paths.map((path) => valueOfPath(field, path));
  const used = values.length === 0 ? [] : await findUsedOptions(client, accountId, values);
  const first = paths.find((_, index) => used[index] === true);
  if (first !== undefined) {
    const detail = `Cases have ${first.join(' / ')}: it can be deactivated with "active": false, and stays where it was chosen.`;
    throw new ProblemException({ code: 'in-use', detail });
  }
}

function answerOf(field: CaseFieldView, code: 200 | 201): Answer {
  return { status: code, headers: { etag: entityTag(field.version) }, body: caseFieldResourceOf(field) };
}

/** As text that sorts like the list. */
function placeOf({ position, id }: CaseFieldView): string {
  return `${String(position).padStart(7, '0')}/${id}`;
}
