/**
 * Undoes the line breaks that `format=flowed` put in (RFC 3676): a line that ends in a blank goes on in the next one of
 * the same quoting depth. The signature line `-- ` does not flow. With `DelSp` the blank goes too.
 */
export function decodeFlowed(text: string, deleteSpace: boolean): string {
  const output: string[] = [];
  let flowing: { depth: number; parts: string[] } | null = null;
  for (const line of text.split('\n')) {
    const depth = depthOf(line);
    const rest = line.slice(depth);
    const content = rest.startsWith(' ') ? rest.slice(1) : rest;
    const flows = content.endsWith(' ') && content !== '-- ';
    if (flowing !== null && (flowing.depth !== depth || content === '-- ')) {
      output.push(flowing.parts.join(''));
      flowing = null;
    }
    flowing ??= { depth, parts: [depth > 0 ? `${'>'.repeat(depth)} ` : ''] };
    flowing.parts.push(flows && deleteSpace ? content.slice(0, -1) : content);
    if (!flows) {
      output.push(flowing.parts.join(''));
      flowing = null;
    }
  }
  if (flowing !== null) {
    output.push(flowing.parts.join(''));
  }
  return output.join('\n');
}

function depthOf(line: string): number {
  let depth = 0;
  while (line[depth] === '>') {
    depth += 1;
  }
  return depth;
}
