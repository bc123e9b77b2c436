import { describe, expect, it } from '@jest/globals';
import { callLines } from './call-lines.js';

const ana = { email: 'ana@acme.example', extension: null, id: null, name: 'Ana' };
const rui = { email: null, extension: '202', id: null, name: null };
const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 2, 10, 15, seconds)).toISOString();
const moment = { agents: [], by: null, reason: null, to: null, decides: false };

describe('what explain tells of a call', () => {
  it('is what became of it, how long it took, who talked, and what happened, with a mark at what decided', () => {
    const lines = callLines({
      outcome: 'answered',
      disposition: 'completed',
      line: '+351210000000',
      queue: 'Support',
      started_at: at(0),
      durations_ms: { ring: 5000, wait: 9000, talk: 3_700_000, hold: null, total: 3_709_000 },
      talks: [
        { agent: ana, from: at(9), until: at(100) },
        { agent: null, from: at(100), until: null },
      ],
      moments: [
        { ...moment, at: at(0), kind: 'started' },
        { ...moment, at: at(4), kind: 'ringing', agents: [ana, rui] },
        { ...moment, at: at(9), kind: 'answered', agents: [ana], by: 'agent', decides: true },
        { ...moment, at: at(100), kind: 'transferred', agents: [ana], reason: 'attended', to: rui },
      ],
    });
    expect(lines).toEqual([
      'Call',
      '  outcome    answered (completed)',
      '  line       +351210000000, queue Support',
      '  took       ring 5 s, wait 9 s, talk 1 h 01 min, total 1 h 01 min',
      '  talked     Ana, from +9 s, 1 min 31 s',
      '  talked     somebody, from +1 min 40 s, still talking',
      '           +0 s started',
      '           +4 s ringing     Ana, 202',
      '  →        +9 s answered    Ana, by agent',
      '    +1 min 40 s transferred Ana, attended, to 202',
    ]);
  });
});
