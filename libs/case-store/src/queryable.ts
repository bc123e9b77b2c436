import type { ClientBase, QueryConfig } from 'pg';

/** A connection or a transaction on one; every operation of this library takes it first. */
export type Queryable = Pick<ClientBase, 'query'>;

/** Runs a statement that the server prepares once per connection and returns its rows. */
export async function rowsOf<Row extends object>(client: Queryable, statement: QueryConfig): Promise<Row[]> {
  const result = await client.query<Row>(statement);
  return result.rows;
}
