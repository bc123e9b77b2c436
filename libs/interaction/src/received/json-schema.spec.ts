import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { interactionSchema } from '../index.js';

const schema = interactionSchema();

describe('the JSON Schema of an interaction', () => {
  it('is the published one; a changed rule shows here first', () => {
    const published = readFileSync(new URL('../fixtures/interaction.v1.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(JSON.parse(published));
  });

  it('asks for every field that is not optional, and takes null for those that are', () => {
    expect(schema['required']).not.toContain('forwarded');
    expect(schema['required']).toEqual(expect.arrayContaining(['id', 'sender', 'content', 'trust', 'details']));
    expect(schema).toMatchObject({
      properties: {
        sender: { type: 'object', required: ['kind', 'value'] },
        endpoint: { anyOf: [{ type: 'object' }, { type: 'null' }] },
        recipients: { type: 'array', maxItems: 500, items: { properties: { role: { enum: ['to', 'cc'] } } } },
        flags: { type: 'array', items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,59}$' } },
        occurredAt: { type: 'string', format: 'date-time' },
        schema: { const: 1 },
      },
    });
  });
});
