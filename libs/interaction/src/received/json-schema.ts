import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { nestedClass, type Constructor } from './compiled-check.js';
import { CallBarEvent } from '../callbar/call-bar-event.js';
import { CallFact } from '../fact/call-fact.js';
import { ContactFact } from '../fact/contact-fact.js';
import { VoicemailFact } from '../fact/voicemail-fact.js';
import { Interaction } from '../interaction/interaction.js';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Keywords = (...constraints: readonly never[]) => JsonSchema;

/** What each decorator says in JSON Schema. */
const KEYWORDS: Readonly<Record<string, Keywords>> = {
  equals: (value: unknown) => ({ const: value }),
  isIn: (values: readonly string[]) => ({ enum: values }),
  isInOrNull: (values: readonly string[]) => ({ enum: [...values, null] }),
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isInstant: () => ({ type: 'string', format: 'date-time' }),
  isLength: (minLength: number, maxLength: number) => ({ minLength, maxLength }),
  maxLength: (maxLength: number) => ({ maxLength }),
  matches: (pattern: RegExp) => ({ type: 'string', pattern: pattern.source }),
  min: (minimum: number) => ({ minimum }),
  max: (maximum: number) => ({ maximum }),
  arrayMaxSize: (maxItems: number) => ({ maxItems }),
  namesItsKind: () => ({}),
};

/**
 * The contract as a JSON Schema (`ce_dataschema` of interaction records), read from the decorators that check it.
 * Fields may be added within version 1, so unknown ones are allowed.
 */
export function interactionSchema(): JsonSchema {
  return contractSchema('interaction', 'Interaction', Interaction);
}

/** The contract of a fact about a call (`ce_dataschema` of its records). */
export function callFactSchema(): JsonSchema {
  return contractSchema('call-fact', 'Fact about a call', CallFact);
}

/** The contract of a fact about a voicemail (`ce_dataschema` of its records). */
export function voicemailFactSchema(): JsonSchema {
  return contractSchema('voicemail-fact', 'Fact about a voicemail', VoicemailFact);
}

/** The contract of a fact about a contact (`ce_dataschema` of its records). */
export function contactFactSchema(): JsonSchema {
  return contractSchema('contact-fact', 'Fact about a contact', ContactFact);
}

/** The contract of what an agent pressed in the call bar (`ce_dataschema` of its records). */
export function callBarEventSchema(): JsonSchema {
  return contractSchema('callbar-event', 'Call-bar event', CallBarEvent);
}

function contractSchema(name: string, title: string, target: Constructor): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `/schemas/${name}.v1.json`,
    title,
    ...schemaOf(target),
  };
}

function schemaOf(target: Constructor): JsonSchema {
  const storage = getMetadataStorage();
  const rules = storage.groupByPropertyName(storage.getTargetValidationMetadatas(target, '', false, false));
  const fields = Object.entries(rules);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, own]) => [name, fieldSchema(target, name, own)])),
    required: fields.filter(([, own]) => !own.some(isOptional)).map(([name]) => name),
  };
}

function fieldSchema(target: Constructor, name: string, rules: readonly Rule[]): JsonSchema {
  const own = rules.filter((rule) => rule.type === ValidationTypes.CUSTOM_VALIDATION);
  const nested = rules.some((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  const inside = nested ? schemaOf(nestedClass(target, name)) : {};
  const each = keywordsOf(own.filter((rule) => rule.each));
  const whole = keywordsOf(own.filter((rule) => !rule.each));
  const schema =
    whole['type'] === 'array' ? { ...whole, items: { ...each, ...inside } } : { ...whole, ...each, ...inside };
  return rules.some(isOptional) ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function keywordsOf(rules: readonly Rule[]): JsonSchema {
  return Object.assign({}, ...rules.map(keywordsOfRule)) as JsonSchema;
}

function keywordsOfRule({ name = '', constraints }: Rule): JsonSchema {
  const keywords = KEYWORDS[name];
  if (keywords === undefined) {
    throw new Error(`the decorator ${name} has no words in JSON Schema`);
  }
  return keywords(...((constraints ?? []) as never[]));
}

function isOptional(rule: Rule): boolean {
  return rule.type === ValidationTypes.CONDITIONAL_VALIDATION;
}
