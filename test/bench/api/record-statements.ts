/** Loaded with `--import` into a process: appends each statement that it sends to the file that STATEMENTS_FILE names. */
import { appendFileSync } from 'node:fs';
import pg from 'pg';
import { lineOf, type SentStatement } from './statement-record.js';

type Query = (this: unknown, ...given: unknown[]) => unknown;

const file = process.env['STATEMENTS_FILE'];
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
if (file !== undefined) {
  prototype.query = function record(...given) {
    const { name, text, values } = statementOf(given);
    appendFileSync(file, lineOf({ ...(name === undefined ? {} : { name }), text, values }));
    return query.apply(this, given);
  };
}

function statementOf([first, second]: readonly unknown[]): SentStatement {
  const values = Array.isArray(second) ? (second as unknown[]) : [];
  return typeof first === 'string'
    ? { text: first, values }
    : { ...(first as SentStatement), values: valuesOf(first) ?? values };
}

function valuesOf(statement: unknown): readonly unknown[] | undefined {
  return (statement as Partial<SentStatement>).values;
}
