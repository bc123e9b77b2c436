import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { compileCheck, type Constructor } from './compiled-check.js';
import { whyNotStorable } from './storable.js';

export type Refused = { readonly ok: false; readonly reason: 'not-json' | 'invalid'; readonly detail: string };
export type Read<Value> = { readonly ok: true; readonly value: Value } | Refused;

/** Reads the JSON of a record. Never throws. */
export function readJson(value: Buffer | string | null): Read<unknown> {
  if (value === null) {
    return { ok: false, reason: 'invalid', detail: 'the record has no value' };
  }
  try {
    return { ok: true, value: JSON.parse(typeof value === 'string' ? value : value.toString('utf8')) };
  } catch (error) {
    return { ok: false, reason: 'not-json', detail: (error as Error).message.slice(0, 300) };
  }
}

/**
 * Reads objects of one class of the contract: each must be storable, meet the decorators of the class, and have nothing
 * that `whatElse` finds wrong with it. What is accepted is handed over as it came, unknown members too.
 */
export function contractReader<Value extends object>(
  target: new () => Value,
  whatElse: (value: Value) => string | null,
): (plain: unknown) => Read<Value> {
  const meetsContract = compileCheck(target);
  return (plain) => {
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
      return refused('the value is not an object');
    }
    const unstorable = whyNotStorable(plain);
    if (unstorable !== null) {
      return refused(unstorable);
    }
    if (!meetsContract(plain)) {
      return refused(contractErrors(target, plain).join('; '));
    }
    const wrong = whatElse(plain as Value);
    return wrong === null ? { ok: true, value: plain as Value } : refused(wrong);
  };
}

/** The official validator's words for what is wrong; empty when nothing is. */
export function contractErrors(target: Constructor, plain: object): string[] {
  return describe(validateSync(plainToInstance(target, plain), { whitelist: false, forbidUnknownValues: true }));
}

function refused(detail: string): Refused {
  return { ok: false, reason: 'invalid', detail: detail.slice(0, 1000) };
}

function describe(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((message) => `${path}${error.property}: ${message}`),
    ...describe(error.children ?? [], `${path}${error.property}.`),
  ]);
}
