import type { AST } from '@eslint-community/regexpp';

/** The characters of a pattern, and which may follow which: the automaton of Glushkov. */
export interface Positions {
  /** Of each position, which characters of the sample it takes, as bits. */
  readonly takes: readonly bigint[];
  /** Of each position, in how many ways each other may be the next. */
  readonly next: readonly ReadonlyMap<number, number>[];
}

interface Part {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const NOTHING: Part = { nullable: true, first: [], last: [] };
/** A repetition of at most so many is written out; what is longer goes round, or is there once. */
const WRITTEN_OUT = 4;
const SAMPLE = [...Array(128).keys(), ...[...'\u0085\u00a0éüßЯя中（：\u2003\ufffd'].map((each) => each.charCodeAt(0))];

interface Reading {
  readonly takes: bigint[];
  readonly next: Map<number, number>[];
  readonly loopsFrom: number;
  readonly bitsOf: (raw: string) => bigint;
}

/**
 * The positions of a pattern. A repetition of `loopsFrom` times or more counts as one without end. Look-arounds stand
 * apart, and back-references say nothing, so that a pattern is rather found dangerous than harmless.
 */
export function positionsOf(pattern: AST.Pattern, flags: string, loopsFrom: number): Positions {
  const sample = [...new Set([...SAMPLE, ...[...pattern.raw].map((each) => each.codePointAt(0) ?? 0)])];
  const kept = [...flags].filter((flag) => 'iuvs'.includes(flag)).join('');
  const bitsOf = (raw: string) => bitsOfClass(new RegExp(`^(?:${raw})$`, kept), sample);
  const reading: Reading = { takes: [], next: [], loopsFrom, bitsOf };
  anyOf(reading, pattern.alternatives);
  return reading;
}

function bitsOfClass(one: RegExp, sample: readonly number[]): bigint {
  return sample.reduce(
    (bits, code, index) => (one.test(String.fromCodePoint(code)) ? bits | (1n << BigInt(index)) : bits),
    0n,
  );
}

function anyOf(reading: Reading, alternatives: readonly AST.Alternative[]): Part {
  const parts = alternatives.map(({ elements }) =>
    elements.map((element) => partOf(reading, element)).reduce((one, other) => follow(reading, one, other), NOTHING),
  );
  return {
    nullable: parts.some(({ nullable }) => nullable),
    first: parts.flatMap(({ first }) => first),
    last: parts.flatMap(({ last }) => last),
  };
}

function partOf(reading: Reading, element: AST.Element): Part {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return character(reading, element.raw);
    case 'Group':
    case 'CapturingGroup':
      return anyOf(reading, element.alternatives);
    case 'Quantifier':
      return repeated(reading, element);
    case 'Assertion':
      if (element.kind === 'lookahead' || element.kind === 'lookbehind') {
        anyOf(reading, element.alternatives);
      }
      return NOTHING;
    case 'Backreference':
      return NOTHING;
  }
}

function character({ takes, next, bitsOf }: Reading, raw: string): Part {
  next.push(new Map());
  const position = takes.push(bitsOf(raw)) - 1;
  return { nullable: false, first: [position], last: [position] };
}

function repeated(reading: Reading, { element, min, max }: AST.Quantifier): Part {
  const isLoop = max >= reading.loopsFrom;
  if (isLoop || max > WRITTEN_OUT) {
    const part = partOf(reading, element);
    link(reading, isLoop ? part.last : [], part.first);
    return { ...part, nullable: part.nullable || min === 0 };
  }
  // Who leaves one out leaves out those behind it: `a{0,2}` is `(a(a)?)?`, and not `a?a?`, which has two ways for one `a`.
  let part = NOTHING;
  for (let copy = max; copy > 0; copy -= 1) {
    part = follow(reading, partOf(reading, element), part);
    part = copy > min ? { ...part, nullable: true } : part;
  }
  return part;
}

function follow(reading: Reading, one: Part, other: Part): Part {
  link(reading, one.last, other.first);
  return {
    nullable: one.nullable && other.nullable,
    first: one.nullable ? [...one.first, ...other.first] : one.first,
    last: other.nullable ? [...one.last, ...other.last] : other.last,
  };
}

function link({ next }: Reading, from: readonly number[], to: readonly number[]): void {
  for (const following of from.map((one) => next[one])) {
    to.forEach((other) => following?.set(other, (following.get(other) ?? 0) + 1));
  }
}
