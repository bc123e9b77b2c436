/** A structured header's value without its comments, which may stand anywhere and hold others (RFC 5322 §3.2.2). */
export function withoutComments(value: string): string {
  let plain = '';
  let depth = 0;
  for (const character of value) {
    if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth = Math.max(0, depth - 1);
      plain += ' ';
    } else if (depth === 0) {
      plain += character;
    }
  }
  return plain;
}
