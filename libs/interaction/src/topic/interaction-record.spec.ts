import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  callConversationKey,
  CHANNELS,
  cloudEventHeaders,
  contactConversationKey,
  INTERACTION_TOPICS,
  interactionRecord,
  interactionTopic,
  parseInteraction,
  sequenceOf,
  TOPICS,
  type Interaction,
  type InteractionRecord,
} from '../index.js';

interface Golden {
  readonly interaction: Interaction;
  readonly record: Omit<InteractionRecord, 'value'>;
}

/** What other programs read and wrote yesterday. A change here breaks them: add a version instead. */
function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as Golden;
}

describe.each(['new-mail', 'small-html', 'reply', 'bounce', 'attachments'])('the golden record %s', (name) => {
  it('has the topic, key and headers that it always had', () => {
    const { interaction, record } = golden(name);
    expect(interactionRecord(interaction)).toEqual({ ...record, value: JSON.stringify(interaction) });
  });

  it('is read back as it was written', () => {
    const { interaction } = golden(name);
    const { value } = interactionRecord(interaction);
    expect(parseInteraction(Buffer.from(value))).toEqual({ ok: true, interaction });
  });
});

describe('the headers of a record', () => {
  it('carry the trace, and no line break of a channel', () => {
    const { interaction } = golden('new-mail');
    const hostile = {
      ...interaction,
      externalId: 'a\r\nx-account: other',
      conversationKey: 'k\u0000\u007f'.repeat(400),
    };
    const { headers } = interactionRecord(hostile, '00-trace-01');
    expect(headers['traceparent']).toBe('00-trace-01');
    expect(headers['x-external-id']).toBe('a x-account: other');
    expect(headers['ce_partitionkey']).toMatch(/^(k )+k?$/);
    expect(headers['ce_partitionkey']!.length).toBeLessThanOrEqual(500);
  });

  it('leave out what an event does not have', () => {
    const event = {
      id: 'e',
      source: '/s',
      type: 't.v1',
      subject: 'cases/1',
      time: 'now',
      dataSchema: '/schema',
      accountId: 'a',
      partitionKey: 'k',
    };
    expect(cloudEventHeaders(event)).not.toHaveProperty('ce_sequence');
    expect(cloudEventHeaders({ ...event, sequence: sequenceOf(7) })).toMatchObject({
      ce_specversion: '1.0',
      ce_sequence: '00000000000000000007',
      'content-type': 'application/json',
    });
  });

  it('number events so that text sorts like numbers', () => {
    const numbers = [0, 9, 10, 99, 100, 12_345_678_901n];
    expect(numbers.map(sequenceOf).sort()).toEqual(numbers.map(sequenceOf));
  });
});

describe('topics', () => {
  it('are one for each channel, all with the same partitions', () => {
    expect(CHANNELS.map(interactionTopic)).toEqual([...INTERACTION_TOPICS]);
    const partitions = TOPICS.filter((one) => one.name.startsWith('interactions.')).map((one) => one.partitions);
    expect(new Set(partitions).size).toBe(1);
    expect(new Set(TOPICS.map((one) => one.name)).size).toBe(TOPICS.length);
  });

  it('compact what is a state and trim what is a history', () => {
    for (const { name, cleanup, retentionMs } of TOPICS) {
      expect([name, cleanup]).toEqual([name, name.includes('.state.') ? 'compact' : 'delete']);
      expect(retentionMs === null).toBe(cleanup === 'compact');
    }
  });
});

describe('conversation keys', () => {
  it('name account and kind, so that equal ids of two channels never meet', () => {
    expect(callConversationKey('a', '1')).toBe('a|call|1');
    expect(contactConversationKey('a', '1')).toBe('a|contact|1');
  });
});
