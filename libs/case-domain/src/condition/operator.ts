/** How a condition compares what a field says with what the rule says. */
export const OPERATORS = [
  'is',
  'is_not',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'present',
  'absent',
  'less_than',
  'at_least',
  'before',
  'after',
] as const;
export type Operator = (typeof OPERATORS)[number];

/**
 * What the values of a field are. `text`: compared without letter case, accents and width. `words`: a text of which whole
 * words count. `choice`: one of some words; `ordered`: such that have an order. `number`. `date`: `YYYY-MM-DD`. `flag`: true
 * or false. `set`: several texts. `scalar`: a text, a number or a truth, as whoever filled it in liked. `belonging`: what the
 * rule names is asked, one by one.
 */
export type FieldType =
  'text' | 'words' | 'choice' | 'ordered' | 'number' | 'date' | 'flag' | 'set' | 'scalar' | 'belonging';

/** What an operator is given beside the field: nothing, one operand, or a list of them. */
export type OperandCount = 'none' | 'one' | 'list';

const EQUAL = ['is', 'is_not', 'in', 'not_in', 'present', 'absent'] as const;
const CONTAINING = ['contains', 'not_contains'] as const;
const ORDER = ['less_than', 'at_least'] as const;

/** The operators that each type can have. */
export const OPERATORS_OF: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...EQUAL, ...CONTAINING],
  words: [...CONTAINING, 'present', 'absent'],
  choice: EQUAL,
  ordered: [...EQUAL, ...ORDER],
  number: [...EQUAL, ...ORDER],
  date: ['is', 'is_not', 'in', 'not_in', 'before', 'after', 'present', 'absent'],
  flag: ['is', 'is_not'],
  set: [...CONTAINING, 'present', 'absent'],
  scalar: [...EQUAL, ...CONTAINING, ...ORDER],
  belonging: ['is', 'is_not', 'in', 'not_in'],
};

/** How many operands an operator takes. */
export function operandsOf(op: Operator): OperandCount {
  switch (op) {
    case 'present':
    case 'absent':
      return 'none';
    case 'in':
    case 'not_in':
      return 'list';
    default:
      return 'one';
  }
}
