/** The lines with what was folded put back into them. */
export function unfold(text: string): string {
  return text.replace(/\r?\n[ \t]+/g, ' ');
}

/** Values of `Name: value` lines, quoted ones as well. */
export function fieldValues(text: string, name: string): string[] {
  const wanted = name.toLowerCase();
  return text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    const said =
      colon > 0 && colon < 100
        ? line
            .slice(0, colon)
            .replace(/^[ \t>]+/, '')
            .trimEnd()
        : '';
    return said.toLowerCase() === wanted ? [line.slice(colon + 1).trim()] : [];
  });
}
