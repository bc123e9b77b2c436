import { headerValues, type HeaderIndex } from './header-lines.js';

const LONGEST_LOOKED_AT = 10_000;

/** Whether From names a group (RFC 6854): who of it wrote is not said. Colons in quotes, comments and routes are none. */
export function fromNamesGroup(header: HeaderIndex): boolean {
  return headerValues(header, 'from').some((value) => hasGroupColon(value.slice(0, LONGEST_LOOKED_AT)));
}

function hasGroupColon(value: string): boolean {
  let quoted = false;
  let depth = 0;
  let inAngle = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\') {
      at += 1;
    } else if (quoted) {
      quoted = character !== '"';
    } else if (character === '"' && depth === 0) {
      quoted = true;
    } else if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && (character === '<' || character === '>')) {
      inAngle = character === '<';
    } else if (character === ':' && depth === 0 && !inAngle) {
      return true;
    }
  }
  return false;
}
