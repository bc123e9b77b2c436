import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allows, isOpenToRole, permissionFor, SCOPES, scopeNamed, scopesBeyond, type Scope } from './scopes.js';

const allowedBy = (...held: string[]): Scope[] => SCOPES.filter((scope) => allows(held, scope));

describe('scopes', () => {
  it.each([
    ['cases:read', ['cases:read']],
    ['cases:write', ['cases:read', 'cases:write']],
    ['cases:admin', ['cases:read', 'cases:write', 'cases:admin']],
    ['contacts:write', ['contacts:read', 'contacts:write']],
    ['contacts:admin', ['contacts:read', 'contacts:write', 'contacts:admin']],
    ['config:read', ['config:read']],
    ['config:write', ['config:read', 'config:write']],
    ['ops:write', ['ops:read', 'ops:write']],
    ['deliveries:read', ['deliveries:read']],
    ['deliveries:replay', ['deliveries:read', 'deliveries:replay']],
    ['impersonate', ['impersonate']],
    ['cases-public:read', ['cases:read']],
    ['cases-public:write', ['cases:read', 'cases:write']],
    ['case-fields-public:read', ['cases:read']],
    ['case-fields-public:write', []],
    ['cases', []],
    ['cases:', []],
    ['CASES:READ', []],
    ['', []],
    ['constructor', []],
  ])('%s allows %j', (held, allowed) => {
    expect(allowedBy(held)).toEqual(allowed);
  });

  it('allow together what each allows, and every one itself', () => {
    const some = fc.subarray([...SCOPES]);
    fc.assert(
      fc.property(some, some, (left, right) => {
        const united = new Set([...allowedBy(...left), ...allowedBy(...right)]);
        expect(new Set(allowedBy(...left, ...right))).toEqual(united);
        expect(left.every((scope) => united.has(scope))).toBe(true);
      }),
    );
  });

  it('go beyond others where those do not include them', () => {
    expect(scopesBeyond(['cases:admin', 'config:write'], ['cases:write', 'config:read', 'ops:read'])).toEqual([
      'ops:read',
    ]);
  });

  it('are known by other names', () => {
    expect(['cases:write', 'cases-public:write', 'nothing'].map(scopeNamed)).toEqual([
      'cases:write',
      'cases:write',
      null,
    ]);
  });
});

describe('an agent for whom somebody acts', () => {
  it('needs the role admin for what only administrators do', () => {
    const closed = SCOPES.filter((scope) => !isOpenToRole('agent', scope));
    expect(closed).toEqual(['cases:admin', 'contacts:admin', 'config:write']);
    expect(SCOPES.every((scope) => isOpenToRole('admin', scope))).toBe(true);
  });

  it('adds nothing to what the client may do', () => {
    const admin = { role: 'admin' };
    expect(permissionFor({ scopes: ['cases:read'], agent: admin }, ['cases:admin'])).toBe('scope-missing');
    expect(permissionFor({ scopes: ['cases:admin'], agent: admin }, ['cases:admin'])).toBe('granted');
    expect(permissionFor({ scopes: ['cases:admin'], agent: { role: 'agent' } }, ['cases:admin'])).toBe('role-missing');
    expect(permissionFor({ scopes: ['cases:admin'], agent: { role: 'agent' } }, ['cases:write'])).toBe('granted');
    expect(permissionFor({ scopes: ['cases:admin'], agent: null }, ['cases:admin'])).toBe('granted');
  });

  it('may do what asks for one of several scopes by any that is open to the agent', () => {
    const powers = { scopes: ['cases:write'], agent: { role: 'agent' } };
    expect(permissionFor(powers, ['ops:write', 'cases:write'])).toBe('granted');
    expect(permissionFor(powers, ['ops:write', 'config:write'])).toBe('scope-missing');
  });
});
