import type { ApiQueryOptions } from '@nestjs/swagger';

/** A parameter of a query, as the description shows it. */
export type QueryParameter = ApiQueryOptions & { readonly name: string };

export const namesOf = (parameters: readonly QueryParameter[]): string[] => parameters.map(({ name }) => name);

const TEXT = { type: 'string' } as const;

export const text = (name: string, description?: string): QueryParameter => {
  return { name, required: false, description, schema: TEXT };
};

export const instant = (name: string, description: string): QueryParameter => {
  return { name, required: false, description, schema: { ...TEXT, format: 'date-time' } };
};

export const truth = (name: string, description?: string): QueryParameter => {
  return { name, required: false, description, schema: { type: 'boolean' } };
};

/** Values separated by commas. */
export const someTexts = (name: string, description: string): QueryParameter => {
  return { name, required: false, description, style: 'form', explode: false, schema: { type: 'array', items: TEXT } };
};

/** Ids or names, separated by commas; `names`: examples of them. */
export const someNamed = (name: string, names: string): QueryParameter => {
  return someTexts(name, `Any of these: ids, or names as in ${names}.`);
};

/** Some of the values, separated by commas. */
export const someOf = (name: string, values: readonly string[], description: string): QueryParameter => ({
  ...someTexts(name, description),
  schema: { type: 'array', items: { ...TEXT, enum: [...values] } },
});

/** One of the values; `fallback` unless told. */
export const oneOf = (
  name: string,
  values: readonly string[],
  fallback: string,
  description: string,
): QueryParameter => ({
  ...text(name, description),
  schema: { ...TEXT, enum: [...values], default: fallback },
});
