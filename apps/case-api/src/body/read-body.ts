import type { ApiBodyOptions } from '@nestjs/swagger';
import { readObject, schemaOf } from './collections.js';
import { unprocessable } from '../http/problem.js';
import type { Complete, Fields, Values } from './field.js';
import { type Fault, Place } from './place.js';

/** What was read of a body. A field that was not sent is not there; one that was cleared is null. */
export interface ReadBody<Of extends Fields> {
  /** The fields without faults. */
  readonly value: Values<Of>;
  /** All faults at once, at most 100; they are answered (`faultless`) after 404 and 412. */
  readonly faults: readonly Fault[];
}

/**
 * Reads a body by its fields, and never throws: unknown fields, read-only ones, missing ones and wrong values are faults,
 * to which the rules of the resource add their own before all of them are answered together.
 *
 * ```ts
 * const FIELDS = { subject: required(line({ max: 150 })), priority: nullable(oneOf(PRIORITIES)), version: readOnly() };
 * const { value, faults } = readBody(body.value, FIELDS); // value: { subject?: string; priority?: Priority | null }
 * ```
 */
export function readBody<Of extends Fields>(body: unknown, fields: Of): ReadBody<Of> {
  const faults = { named: [], count: 0 };
  const value = readObject(body, new Place(faults), fields) ?? {};
  return { value, faults: faults.named };
}

/** What was read, whole. Throws 422 with all faults when there are any, those that the rules found included. */
export function faultless<Of extends Fields>(
  { value, faults }: ReadBody<Of>,
  ofRules: readonly Fault[] = [],
): Complete<Of> {
  const all = [...faults, ...ofRules];
  if (all.length > 0) {
    throw unprocessable(all);
  }
  return value as Complete<Of>;
}

/** The body of a route in the description, from the same fields. */
export function bodyOf(fields: Fields): ApiBodyOptions {
  const isRequired = Object.values(fields).some((field) => field.isRequired === true);
  return { required: isRequired, schema: schemaOf(fields) };
}
