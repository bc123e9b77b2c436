import { describe, expect, it } from '@jest/globals';
import {
  aCreation,
  aCustomField,
  aClosedCase,
  afterCommand,
  anOption,
  anOwnedCase as owned,
  anUpdate,
  aResolution,
  aResolvedCase,
  byId,
  faultsOf,
  refusalOf,
} from '#libs/testing';
import type { CaseState, CustomField } from '../index.js';

const FIELDS: readonly CustomField[] = [
  aCustomField('model'),
  aCustomField('pieces', { type: 'numeric' }),
  aCustomField('constructor', { type: 'checkbox' }),
  aCustomField('colours', {
    type: 'multi_select',
    options: [anOption('red'), { ...anOption('mauve'), active: false }],
  }),
  aCustomField('old', { active: false, required: true }),
];
const REQUIRED = [...FIELDS, aCustomField('cause', { required: true }), aCustomField('seen', { required: true })];

function patched(before: CaseState['customFields'], patch: CaseState['customFields']): CaseState['customFields'] {
  const state = owned({ customFields: before });
  return afterCommand(anUpdate(state.id, { customFields: patch }), { cases: [state], customFields: FIELDS })
    .customFields;
}

function faultsOfPatch(before: CaseState['customFields'], patch: CaseState['customFields']): string[] {
  const state = owned({ customFields: before });
  return faultsOf(anUpdate(state.id, { customFields: patch }), { cases: [state], customFields: FIELDS });
}

describe('custom fields of a case', () => {
  it('are changed key by key, and null takes a value away', () => {
    expect(patched({ model: 'K1', pieces: 2 }, { pieces: 3, constructor: true })).toEqual({
      model: 'K1',
      pieces: 3,
      constructor: true,
    });
    expect(patched({ model: 'K1', pieces: 2 }, { model: null })).toEqual({ pieces: 2 });
    const state = owned({ customFields: { model: 'K1' } });
    const changed = afterCommand(anUpdate(state.id, { customFields: { pieces: 1 } }), {
      ...{ cases: [state], customFields: FIELDS },
    });
    expect(changed.kind).toBe('custom_fields_changed');
  });

  it('are those that the account has, each of its type, and every mistake is told at once', () => {
    expect(faultsOfPatch({}, { colour: 'red', pieces: 'two', toString: null, 'a/b~c': 1, constructor: 'yes' })).toEqual(
      [
        '/custom_fields/colour unknown-field',
        '/custom_fields/pieces validation-failed',
        '/custom_fields/toString unknown-field',
        '/custom_fields/a~1b~0c unknown-field',
        '/custom_fields/constructor validation-failed',
      ],
    );
    expect(faultsOf(aCreation({ customFields: { colour: 'red' } }), { customFields: FIELDS })).toEqual([
      '/custom_fields/colour unknown-field',
    ]);
  });

  it('keep what a field had that takes no more, and lose it when somebody says so', () => {
    expect(patched({ old: 'was', gone: 1 }, { old: 'was', gone: 1, model: 'K1' })).toEqual({
      old: 'was',
      gone: 1,
      model: 'K1',
    });
    expect(faultsOfPatch({ old: 'was' }, { old: 'is' })).toEqual(['/custom_fields/old validation-failed']);
    expect(patched({ old: 'was', gone: 1 }, { old: null, gone: null })).toEqual({});
  });

  it('keep a choice that is not offered any more beside new ones', () => {
    expect(patched({ colours: ['mauve'] }, { colours: ['mauve', 'red'] })).toEqual({ colours: ['mauve', 'red'] });
    expect(faultsOfPatch({ colours: ['red'] }, { colours: ['mauve', 'red'] })).toEqual([
      '/custom_fields/colours validation-failed',
    ]);
  });

  it('are copied into a follow-up whatever has become of them, and changed key by key there', () => {
    const before = aClosedCase({ customFields: { old: 'was', model: 'K1', pieces: 2 } });
    const followUp = aCreation({ customFields: { pieces: 3, model: null } }, { followUpOf: byId(before.id) });
    const parts = { cases: [before], customFields: FIELDS };
    expect(afterCommand(followUp, parts).customFields).toEqual({ old: 'was', pieces: 3 });
  });
});

describe('required fields', () => {
  const parts = (...cases: CaseState[]) => ({ cases, customFields: REQUIRED });

  it('have to say something before a case is resolved, each with its pointer', () => {
    const state = owned({ customFields: { cause: '  ' } });
    const missing = ['/custom_fields/cause field-required', '/custom_fields/seen field-required'];
    expect(faultsOf(aResolution(state.id), parts(state))).toEqual(missing);
    const patch = anUpdate(state.id, { status: 'resolved', resolution: 'Done.' });
    expect(faultsOf(patch, parts(state))).toEqual(missing);
    const creation = aCreation({ status: 'resolved', resolution: 'Done.', assigneeId: byId(state.assigneeId ?? '') });
    expect(faultsOf(creation, parts())).toEqual(missing);
  });

  it('may come with the resolution, and may not leave with it', () => {
    const state = owned({ customFields: { seen: 'yes' } });
    const done = aResolution(state.id, { customFields: { cause: 'a fuse' } });
    expect(afterCommand(done, parts(state))).toMatchObject({
      kind: 'resolved',
      category: 'resolved',
      customFields: { seen: 'yes', cause: 'a fuse' },
    });
    const leaving = aResolution(state.id, { customFields: { cause: 'a fuse', seen: null } });
    expect(faultsOf(leaving, parts(state))).toEqual(['/custom_fields/seen field-required']);
  });

  it('hold nothing up but that', () => {
    const state = owned();
    expect(afterCommand(anUpdate(state.id, { priority: 'high' }), parts(state)).priority).toBe('high');
    const resolved = aResolvedCase({ assigneeId: state.assigneeId });
    const excluded = anUpdate(resolved.id, { excludeFromAutoClose: true });
    expect(afterCommand(excluded, parts(resolved)).excludeFromAutoClose).toBe(true);
    const late = anUpdate(resolved.id, { customFields: { model: 'K1' } });
    expect(refusalOf(late, parts(resolved)).code).toBe('case-resolved');
  });
});
