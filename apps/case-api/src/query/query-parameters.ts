import type { ApiQueryOptions } from '@nestjs/swagger';

/** A parameter of a query, as the description shows it. */
export type QueryParameter = ApiQueryOptions & { readonly name: string };

export const namesOf = (parameters: readonly QueryParameter[]): string[] => parameters.map(({ name }) => name);

const TEXT = { type: 'string' } as const;

export const text = (name: string, description?: string): QueryParameter => {
  return { name, required: false, description, schema: TEXT };
};

export const uuid = (name: string): QueryParameter => {
  return { name, required: false, schema: { ...TEXT, format: 'uuid' } };
};

export const instant = (name: string, description: string): QueryParameter => {
  return { name, required: false, description, schema: { ...TEXT, format: 'date-time' } };
};

export const truth = (name: string): QueryParameter => {
  return { name, required: false, schema: { type: 'boolean' } };
};

/** Some of the values, separated by commas. */
export const someOf = (name: string, values: readonly string[], description: string): QueryParameter => ({
  name,
  required: false,
  description,
  style: 'form',
  explode: false,
  schema: { type: 'array', items: { ...TEXT, enum: [...values] } },
});
