import { SCOPES } from '#libs/case-domain';
import type { ApiBodyOptions, ApiParamOptions } from '@nestjs/swagger';

/** What the description says of the paths and bodies of clients. */
export const CLIENT_ID: ApiParamOptions = { name: 'id', description: 'An id, or `name:` and the name.' };

const FIELDS = {
  name: { type: 'string', minLength: 1, maxLength: 100, example: 'shop' },
  scopes: { type: 'array', minItems: 1, items: { type: 'string', enum: [...SCOPES] }, example: ['cases:write'] },
  allowed_agents: {
    description: 'With the scope `impersonate`: `all`, or ids of agents, or `email:` and their addresses.',
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', maxItems: 1000, items: { type: 'string' } },
    ],
  },
} as const;

export const clientBody = (required: string[]): ApiBodyOptions => ({
  required: true,
  schema: { type: 'object', additionalProperties: false, required, properties: { ...FIELDS } } as never,
});

export const NO_FIELDS: ApiBodyOptions = {
  required: false,
  schema: { type: 'object', additionalProperties: false, properties: {} },
};
