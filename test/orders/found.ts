import type { Pool } from 'pg';
import type { Telling } from './telling.js';

/** A row as JSON has it; columns by their names. */
export type Row = Readonly<Record<string, unknown>>;

/** What became of one telling, as it stands in the tables. */
export interface Found {
  /** By external id. */
  readonly interactions: readonly Row[];
  readonly cases: readonly Row[];
  readonly requesters: readonly Row[];
  readonly links: readonly Row[];
  /** Names of rows that exist for this telling alone, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

const INTERACTIONS = `
  select to_jsonb(i) - 'payload' - 'decision' || jsonb_build_object('payload', i.payload::jsonb) as row
    from interaction i order by external_id`;
const CASES = `select to_jsonb(c) as row from cases c order by created_at, number`;
const REQUESTERS = `
  select to_jsonb(c) || jsonb_build_object('identities', array(
           select to_jsonb(i) from contact_identity i
            where i.account_id = c.account_id and i.contact_id = c.id order by i.kind, i.value)) as row
    from contact c`;
const LINKS = `select to_jsonb(l) as row from case_link l order by kind, created_at`;
const PLACES = `
  select json_build_object('id', id, 'of', name, 'name', 'the group') as row from agent_group
  union all
  select json_build_object('id', id, 'of', address, 'name', 'the line') from channel_endpoint`;

/** Reads the tables once, and what they hold of a telling from then on. */
export async function readTables(pool: Pool): Promise<(telling: Telling) => Found> {
  const all = async (text: string): Promise<Row[]> => {
    const { rows } = await pool.query<{ row: Row }>(text);
    return rows.map(({ row }) => row);
  };
  const interactions = grouped(await all(INTERACTIONS), (row) => String(row['external_id']).split(':', 1)[0]);
  const cases = byId(await all(CASES));
  const contacts = byId(await all(REQUESTERS));
  const links = grouped(await all(LINKS), (row) => String(row['from_case_id']));
  const places = grouped(await all(PLACES), (row) => String(row['of']).replace(' ', '/'));
  return ({ connection }) => {
    const name = `${connection.provider}/${connection.key}`;
    const own = interactions.get(name) ?? [];
    const ownCases = rowsOf(own, 'case_id', cases);
    const requesters = rowsOf(ownCases, 'requester_id', contacts);
    const names = new Map([
      ...own.map((row): [string, string] => [String(row['id']), `interaction ${String(row['external_id'])}`]),
      ...ownCases.map((row, index): [string, string] => [String(row['id']), `case ${index + 1}`]),
      ...requesters.map((row, index): [string, string] => [String(row['id']), `contact ${index + 1}`]),
      ...(places.get(name) ?? []).map((row): [string, string] => [String(row['id']), String(row['name'])]),
    ]);
    const ownLinks = ownCases.flatMap(({ id }) => links.get(String(id)) ?? []);
    return { interactions: own, cases: ownCases, requesters, links: ownLinks, names };
  };
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => string | undefined): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row) ?? '';
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function byId(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row['id']), row]));
}

/** What a column of some rows names, each once. */
function rowsOf(rows: readonly Row[], column: string, known: ReadonlyMap<string, Row>): Row[] {
  const ids = new Set(rows.map((row) => row[column]).filter((id) => typeof id === 'string'));
  return [...ids].flatMap((id): Row[] => {
    const row = known.get(id);
    return row === undefined ? [] : [row];
  });
}
