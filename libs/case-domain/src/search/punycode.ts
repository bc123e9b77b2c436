const BASE = 36;
const SMALLEST = 1;
const LARGEST = 26;
const SKEW = 38;
const DAMP = 700;
const MOST = 0x10_ff_ff;
const LABEL = /(?<![a-z0-9-])xn--([a-z0-9-]{1,59})(?![a-z0-9-])/g;

/** Labels of international domain names (`xn--bcher-kva`) as people read them (RFC 3492); expects lower case. */
export function withoutPunycode(text: string): string {
  return text.includes('xn--') ? text.replace(LABEL, (label, coded: string) => decoded(coded) ?? label) : text;
}

/** Null where it is none. */
function decoded(coded: string): string | null {
  const edge = coded.lastIndexOf('-');
  const output = [...coded.slice(0, Math.max(edge, 0))];
  let [code, place, bias] = [128, 0, 72];
  for (let at = edge < 0 ? 0 : edge + 1; at < coded.length;) {
    const before = place;
    for (let weight = 1, step = BASE; ; step += BASE, at += 1) {
      const digit = digitOf(coded[at]);
      if (digit === null) {
        return null;
      }
      place += digit * weight;
      const limit = step <= bias ? SMALLEST : step >= bias + LARGEST ? LARGEST : step - bias;
      if (digit < limit) {
        at += 1;
        break;
      }
      weight *= BASE - limit;
    }
    const length = output.length + 1;
    bias = adapted(place - before, length, before === 0);
    code += Math.floor(place / length);
    place %= length;
    if (code > MOST || (code >= 0xd800 && code < 0xe000)) {
      return null;
    }
    output.splice(place, 0, String.fromCodePoint(code));
    place += 1;
  }
  return output.join('');
}

function digitOf(character: string | undefined): number | null {
  if (character === undefined) {
    return null;
  }
  return /\d/.test(character)
    ? Number(character) + LARGEST
    : /[a-z]/.test(character)
      ? character.charCodeAt(0) - 97
      : null;
}

function adapted(distance: number, length: number, isFirst: boolean): number {
  let delta = Math.floor(distance / (isFirst ? DAMP : 2));
  delta += Math.floor(delta / length);
  let steps = 0;
  for (; delta > ((BASE - SMALLEST) * LARGEST) / 2; steps += BASE) {
    delta = Math.floor(delta / (BASE - SMALLEST));
  }
  return steps + Math.floor(((BASE - SMALLEST + 1) * delta) / (delta + SKEW));
}
