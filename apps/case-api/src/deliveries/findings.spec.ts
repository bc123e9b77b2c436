import { describe, expect, it } from '@jest/globals';
import type { DeliveredInteraction, DeliveryView } from '#libs/case-store';
import { anAgent } from '#libs/testing';
import { adviceOnRefusal, type RefusalReason } from '#libs/webhook';
import { adviceOn } from './advice.js';
import { whatBecame } from './findings.js';

const ana = anAgent({ extensions: ['201'] });
const AGENTS = { agents: new Map([['email:ana@acme.example', ana]]), agentsById: new Map([[ana.id, ana]]) };

function aView(overrides: Partial<DeliveryView> = {}): DeliveryView {
  return {
    ...{ id: 'd', receivedAt: new Date(0), connection: 'generic/pbx', path: '/webhooks/generic/pbx' },
    ...{ contentType: null, bytes: 1, verdict: 'verified', reason: null, signedAddress: null, eventIds: [] },
    ...{ milliseconds: 1, answer: 200, replayedAt: null, redactedAt: null, factCount: 1, interactions: [] },
    ...overrides,
  };
}

function anInteraction(overrides: Partial<DeliveredInteraction> = {}): DeliveredInteraction {
  return {
    ...{ id: 'i', state: 'created', outcome: 'created', suspension: null, caseId: 'c', caseNumber: '1' },
    ...{ occasion: 'call_missed', line: '+351210000000', connection: 'generic/pbx', talkers: null },
    ...overrides,
  };
}

const talking = (agent: object) => ({ agent, from: '2026-03-02T10:15:00.000Z' });
const recorded = (because: string) => anInteraction({ state: 'recorded', outcome: `recorded:${because}` });

describe('what became of a request', () => {
  it.each<[string, Partial<DeliveryView>, string | null, string[]]>([
    ['a refused one', { verdict: 'refused', reason: 'signature-mismatch' }, null, ['signature-mismatch']],
    ['an unreadable one', { verdict: 'malformed', reason: 'invalid-event: /a: b' }, null, ['invalid-event: /a: b']],
    ['what the log did not take', { verdict: 'overload', interactions: [anInteraction()] }, null, []],
    ['nothing of interest', { reason: 'unknown-type: x' }, 'recorded', ['unknown-type: x']],
    ['a case', { interactions: [anInteraction()] }, 'created', []],
    [
      'a line of nobody',
      { interactions: [recorded('endpoint_not_configured')] },
      'recorded',
      ['endpoint-not-configured: +351210000000'],
    ],
    [
      'an occasion that opens nothing',
      { interactions: [recorded('auto_create_off')] },
      'recorded',
      ['auto-create-off: call_missed'],
    ],
    ['a call of long ago', { interactions: [recorded('too_old')] }, 'recorded', ['too_old']],
    [
      'what waits for a person',
      { interactions: [anInteraction({ state: 'parked', outcome: 'suspended', suspension: 'too_many_cases' })] },
      'parked',
      ['waits-for-a-person: too_many_cases'],
    ],
    [
      'what nobody has come to',
      { interactions: [anInteraction({ state: 'waiting', outcome: null })] },
      'waiting',
      ['not-decided'],
    ],
    [
      'a call that goes on',
      { interactions: [anInteraction({ state: 'waiting', outcome: 'waiting' })] },
      'waiting',
      ['goes-on'],
    ],
    [
      'an agent of nobody',
      { interactions: [anInteraction({ talkers: [talking({ extension: '204' }), talking({ extension: '201' })] })] },
      'created',
      ['agent-unknown: 204'],
    ],
    ['the same twice', { interactions: [recorded('too_old'), recorded('too_old')] }, 'recorded', ['too_old']],
    [
      'several, of which one needs a look',
      { interactions: [anInteraction(), recorded('too_old')] },
      'recorded',
      ['too_old'],
    ],
  ])('says of %s in which state it is, and why', (_, overrides, state, reasons) => {
    const became = whatBecame(aView(overrides), AGENTS);
    expect(became.state).toBe(state);
    expect(became.findings.map(({ reason, about }) => (about === null ? reason : `${reason}: ${about}`))).toEqual(
      reasons,
    );
    expect(became.findings.filter(({ advice }) => advice === '')).toEqual([]);
  });

  it('says what to do about refusals in the words of the answer', () => {
    const reasons: Record<RefusalReason, true> = {
      'signature-missing': true,
      'signature-unreadable': true,
      'signature-mismatch': true,
      'timestamp-out-of-range': true,
      'secret-missing': true,
      'credentials-missing': true,
      'credentials-mismatch': true,
      'tenant-mismatch': true,
      'secret-mismatch': true,
    };
    const all = Object.keys(reasons) as RefusalReason[];
    expect(all.map((reason) => adviceOn(reason, 'refused'))).toEqual(all.map(adviceOnRefusal));
    expect(adviceOn('constructor', 'refused')).toMatch(/^see whether it was the provider/);
  });
});
