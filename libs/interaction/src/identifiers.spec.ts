import { describe, expect, it } from '@jest/globals';
import { declaredId, derivedEventId, interactionId, isUuid, newId } from './index.js';

const ACCOUNT_ID = '78685a11-294e-5242-b0ff-c456524210f8';

/** These never change: a different id would make every known interaction or group a new one. */
describe('derived ids', () => {
  it('are what they always were', () => {
    expect(interactionId(ACCOUNT_ID, 'email', '<abc@example.org>')).toBe('885a13f4-0365-550c-9b3e-478fc000c8df');
    expect(declaredId(ACCOUNT_ID, 'group', 'Support')).toBe('f2e2b77f-6031-5c32-a173-9386546b4076');
    expect(derivedEventId('case', '1')).toBe('89eb6d61-1d9c-5bbd-a531-b3e463fe7d30');
  });

  it('differ by account and by channel', () => {
    const ids = [
      interactionId(ACCOUNT_ID, 'email', 'x'),
      interactionId(ACCOUNT_ID, 'call', 'x'),
      interactionId('00000000-0000-4000-8000-000000000000', 'email', 'x'),
    ];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a new id', () => {
  it('sorts after the one before it', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(1000);
  });
});

it.each([
  [ACCOUNT_ID, true],
  [ACCOUNT_ID.toUpperCase(), true],
  [newId(), true],
  ['', false],
  [`${ACCOUNT_ID}\n`, false],
  [`x${ACCOUNT_ID}`, false],
  [ACCOUNT_ID.replaceAll('-', ''), false],
  [ACCOUNT_ID.replace('2', 'g'), false],
])('%j has the form of a UUID: %s', (text, expected) => {
  expect(isUuid(text)).toBe(expected);
});
