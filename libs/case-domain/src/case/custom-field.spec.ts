import { describe, expect, it } from '@jest/globals';
import { type CustomField, type CustomFieldOption, type CustomFieldType, customValue } from '../index.js';

const anOption = (key: string, ...children: CustomFieldOption[]): CustomFieldOption => {
  return { key, label: key, active: true, children };
};
const OPTIONS = [
  anOption('lamp', anOption('table'), anOption('floor')),
  anOption('kettle'),
  { ...anOption('toaster'), active: false },
];
const aField = (type: CustomFieldType, overrides: Partial<CustomField> = {}): CustomField => {
  return { key: 'field', label: 'Field', type, required: false, active: true, options: OPTIONS, ...overrides };
};

describe('a value of a custom field', () => {
  it.each<[CustomFieldType, ...unknown[]]>([
    ['checkbox', true, false],
    ['text', '', 'a'.repeat(255), '\u{1f4a1}'.repeat(255)],
    ['multi_line_text', 'one\ntwo', 'a'.repeat(65_536)],
    ['numeric', 0, -7, 2 ** 53 - 1],
    ['decimal', '0.10', '-12345678901234567890', '+1.5', '.5', '00012.340'],
    ['date', '2026-02-28', '2024-02-29', '1999-12-31'],
    ['dropdown', 'lamp', 'kettle'],
    ['multi_select', [], ['lamp'], ['kettle', 'lamp']],
    ['dependent_field', ['lamp', 'floor'], ['kettle']],
  ])('%s is kept as it was written', (type, ...values) => {
    for (const value of values) {
      expect(customValue(aField(type), value)).toEqual({ ok: true, value });
    }
  });

  it.each<[CustomFieldType, ...unknown[]]>([
    ['checkbox', 'true', 1, {}],
    ['text', 7, 'a'.repeat(256), ['a'], 'one\ntwo', null],
    ['multi_line_text', 'a'.repeat(65_537), {}],
    ['numeric', '7', 1.5, 2 ** 53, Number.NaN],
    ['decimal', 1.5, '', '1,5', '1e5', '123456789012345678901', '1.', '0x1'],
    ['date', '2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', 20260101, ' 2026-01-01'],
    ['dropdown', 'toaster', 'oven', ['lamp'], null, ''],
    ['multi_select', 'lamp', ['toaster'], ['lamp', 7], { 0: 'lamp' }],
    ['dependent_field', ['lamp'], ['floor'], [], ['lamp', 'floor', 'x'], 'kettle', ['toaster']],
  ])('%s takes nothing else, and says what it takes', (type, ...values) => {
    for (const value of values) {
      expect(customValue(aField(type), value)).toEqual({ ok: false, detail: expect.stringMatching(/^Must .*\.$/) });
    }
  });

  it('is chosen once, though it was named twice', () => {
    expect(customValue(aField('multi_select'), ['lamp', 'kettle', 'lamp'])).toEqual({
      ok: true,
      value: ['lamp', 'kettle'],
    });
  });
});
