import { readDeclarations } from './style-declarations.js';

type Rule = (value: string) => boolean;

/** A longer value is nobody's; it bounds what the patterns read, none of which repeats a repetition. */
const LONGEST_VALUE = 200;
const MOST_WORDS = 9;

const COLOUR = anyOf(/^#[0-9a-f]{3,8}$/i, /^[a-z]{3,20}$/i, /^rgba?\([\d.,%\s]{1,40}\)$/i);
const LENGTH = anyOf(/^-?\d{1,4}(\.\d{1,4})?(px|pt|em|rem|ex|cm|mm|in|%)?$/i, /^(auto|thin|medium|thick|normal|0)$/i);
const SIDE = anyOf(/^\d{1,4}(\.\d{1,4})?(px|pt|em|rem|cm|mm|in|%)?$/i, /^auto$/i);
const WORD = anyOf(/^[a-z-]{2,20}$/i);
const LINE = anyOf(/^\d{1,2}(\.\d{1,2})?(px|pt)?$/i, /^#[0-9a-f]{3,8}$/i, /^[a-z]{3,20}$/i);
const FONT = anyOf(/^[\w -]{1,100}$/, /^'[\w -]{1,100}'$/, /^"[\w -]{1,100}"$/);
const EDGES = ['', '-top', '-right', '-bottom', '-left'];

/** Colours, measures and letters; nothing that loads, moves out of its place or covers something else. */
const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    color: COLOUR,
    'background-color': COLOUR,
    'font-weight': anyOf(/^(normal|bold|bolder|lighter|[1-9]00)$/i),
    'font-style': WORD,
    'font-size': either(LENGTH, anyOf(/^(xx?-small|small|medium|large|xx?-large|smaller|larger)$/i)),
    'font-family': each(',', 40, FONT),
    'line-height': LENGTH,
    'text-align': WORD,
    'text-decoration': anyOf(/^(none|underline|line-through|overline)$/i),
    'text-transform': WORD,
    'vertical-align': WORD,
    'white-space': WORD,
    'border-collapse': WORD,
    ...Object.fromEntries(['width', 'height', 'max-width', 'min-width'].map((name) => [name, LENGTH])),
    ...Object.fromEntries(
      EDGES.flatMap((edge) => [`margin${edge}`, `padding${edge}`]).map((name) => [name, each(' ', 4, SIDE)]),
    ),
    ...Object.fromEntries(EDGES.map((edge) => [`border${edge}`, each(' ', MOST_WORDS, LINE)])),
  }),
);

/**
 * What may stay of a `style` attribute, '' where nothing may. Reads it once from its beginning to its end: lists are taken
 * apart before a pattern sees their words, so that no sender can write a value that is tried in many ways.
 */
export function allowedStyle(style: string): string {
  return readDeclarations(style)
    .filter(({ property, value }) => value.length <= LONGEST_VALUE && (RULES.get(property)?.(value) ?? false))
    .map(({ property, value, important }) => `${property}:${value}${important ? ' !important' : ''}`)
    .join(';');
}

function anyOf(...patterns: readonly RegExp[]): Rule {
  return (value) => patterns.some((pattern) => pattern.test(value));
}

function either(one: Rule, other: Rule): Rule {
  return (value) => one(value) || other(value);
}

/** Each item of a list of at most so many; white space around them says nothing. */
function each(separator: ' ' | ',', most: number, rule: Rule): Rule {
  return (value) => {
    const items = value.split(separator === ' ' ? /\s+/ : separator).map((item) => item.trim());
    return items.length <= most && items.every(rule);
  };
}
