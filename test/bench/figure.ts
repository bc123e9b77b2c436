/** One measured number beside what it is measured against in the same run. */
export interface Figure {
  readonly bench: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** What limits it, or a peer at the same work; null when the wish is absolute. */
  readonly limit: { readonly name: string; readonly value: number } | null;
  /** What we want: a share of the limit, or the value itself. Null only reports. */
  readonly wanted: { readonly ratio: number } | { readonly atLeast: number } | { readonly atMost: number } | null;
}

export function ratioOf(figure: Figure): number | null {
  return figure.limit === null || figure.limit.value === 0 ? null : figure.value / figure.limit.value;
}

/** Whether the wish is met; null when there is none. */
export function isMet(figure: Figure): boolean | null {
  const { wanted, value } = figure;
  if (wanted === null) {
    return null;
  }
  if ('ratio' in wanted) {
    return (ratioOf(figure) ?? 0) >= wanted.ratio;
  }
  return 'atLeast' in wanted ? value >= wanted.atLeast : value <= wanted.atMost;
}

/** The middle value; of two middle values the lower. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** A table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['bench', 'figure', 'value', 'limit or peer', 'ratio', 'wanted', ''];
  const rows = figures.map((figure) => [
    figure.bench,
    figure.name,
    `${numberOf(figure.value)} ${figure.unit}`,
    figure.limit === null ? '' : `${numberOf(figure.limit.value)} ${figure.limit.name}`,
    percentOf(ratioOf(figure)),
    wantedOf(figure),
    markOf(figure),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Figures as a file for machines. */
export function jsonOf(figures: readonly Figure[]): string {
  const shown = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) }));
  return `${JSON.stringify({ measuredAt: new Date().toISOString(), node: process.version, figures: shown }, null, 2)}\n`;
}

function numberOf(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);
}

function percentOf(ratio: number | null): string {
  return ratio === null ? '' : `${Math.round(ratio * 100)} %`;
}

function wantedOf({ wanted, unit }: Figure): string {
  if (wanted === null) {
    return '';
  }
  if ('ratio' in wanted) {
    return `≥ ${percentOf(wanted.ratio)}`;
  }
  return 'atLeast' in wanted ? `≥ ${numberOf(wanted.atLeast)} ${unit}` : `≤ ${numberOf(wanted.atMost)} ${unit}`;
}

function markOf(figure: Figure): string {
  const met = isMet(figure);
  return met === null ? '' : met ? 'met' : 'MISSED';
}
