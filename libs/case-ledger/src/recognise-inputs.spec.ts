import { describe, expect, it } from '@jest/globals';
import type { Interaction } from '#libs/interaction';
import { aMail } from '#libs/testing';
import type { Input } from './inputs.js';
import { recognise } from './recognise-inputs.js';

const through = (interaction: Interaction, address: string): Input => {
  const endpoint = { kind: 'mailbox', address } as const;
  return { kind: 'interaction', payload: Buffer.from('{}'), interaction: { ...interaction, endpoint } };
};
const NO_ROWS = { known: new Map(), stored: new Map(), facts: new Set<string>() };

describe('recognise', () => {
  const mail = aMail({ messageId: 'one@example.org' });

  it('takes the first delivery as fresh and the other addresses as repetitions', () => {
    const inputs = [through(mail, 'a@acme.example'), through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const { questions, idle, repetitions, further } = recognise(inputs, NO_ROWS);
    expect([...questions]).toMatchObject([[0, { endpoints: ['mailbox:a@acme.example', 'mailbox:b@acme.example'] }]]);
    expect([...idle]).toEqual([
      [1, 'duplicate'],
      [2, 'duplicate'],
    ]);
    expect(repetitions).toEqual([{ interactionId: mail.id, caseId: null, endpoint: 'mailbox:b@acme.example' }]);
    expect(further).toEqual([]);
  });

  it('adds to an earlier row only addresses that it has not seen', () => {
    const inputs = [through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const known = new Map([[mail.id, new Set(['mailbox:a@acme.example'])]]);
    const { questions, further } = recognise(inputs, { ...NO_ROWS, known });
    expect(questions.size).toBe(0);
    expect(further).toEqual([{ interactionId: mail.id, endpoint: 'mailbox:b@acme.example' }]);
  });
});
