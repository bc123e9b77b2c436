import { describe, expect, it } from '@jest/globals';
import type { Interaction } from '#libs/interaction';
import { aMail } from '#libs/testing';
import { splitDeliveries, type ReceivedInteraction } from './claim-interactions.js';

const through = (interaction: Interaction, address: string): ReceivedInteraction => {
  return {
    payload: Buffer.from('{}'),
    interaction: { ...interaction, endpoint: { kind: 'mailbox', address } },
  };
};

describe('splitDeliveries', () => {
  const mail = aMail({ messageId: 'one@example.org' });

  it('takes the first delivery as fresh and the other addresses as repetitions', () => {
    const decoded = [through(mail, 'a@acme.example'), through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const { fresh, within, further } = splitDeliveries(decoded, new Map());
    expect(fresh.map(({ endpoints }) => endpoints)).toEqual([['mailbox:a@acme.example', 'mailbox:b@acme.example']]);
    expect(within).toEqual([{ interactionId: mail.id, caseId: null, endpoint: 'mailbox:b@acme.example' }]);
    expect(further).toEqual([]);
  });

  it('adds to an earlier row only addresses that it has not seen', () => {
    const decoded = [through(mail, 'a@acme.example'), through(mail, 'b@acme.example')];
    const known = new Map([[mail.id, new Set(['mailbox:a@acme.example'])]]);
    const { fresh, further } = splitDeliveries(decoded, known);
    expect(fresh).toEqual([]);
    expect(further).toEqual([{ interactionId: mail.id, endpoint: 'mailbox:b@acme.example' }]);
  });
});
