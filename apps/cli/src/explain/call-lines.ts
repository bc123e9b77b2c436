/** A call as `explain` tells it, in the words of the API. Every text may come from a stranger. */
export interface ExplainedCall {
  readonly outcome: string | null;
  readonly disposition: string | null;
  readonly line: string | null;
  readonly queue: string | null;
  readonly started_at: string;
  readonly durations_ms: Readonly<Record<'ring' | 'wait' | 'talk' | 'hold' | 'total', number | null>>;
  readonly talks: readonly {
    readonly agent: ExplainedAgent | null;
    readonly from: string;
    readonly until: string | null;
  }[];
  readonly moments: readonly {
    readonly at: string;
    readonly kind: string;
    readonly agents: readonly ExplainedAgent[];
    readonly by: string | null;
    readonly reason: string | null;
    readonly to: ExplainedAgent | null;
    readonly decides: boolean;
  }[];
}

export interface ExplainedAgent {
  readonly email: string | null;
  readonly extension: string | null;
  readonly id: string | null;
  readonly name: string | null;
}

/** What became of a call, how long it took, who talked; then what happened in it, with an arrow at what decided. */
export function callLines(call: ExplainedCall): string[] {
  const { outcome, disposition, line, queue, durations_ms: durations, talks, moments, started_at } = call;
  const told = Object.entries(durations).filter((pair): pair is [string, number] => pair[1] !== null);
  const fields: (readonly [string, string | null])[] = [
    ['outcome', outcome === null ? 'it goes on' : `${outcome}${disposition === null ? '' : ` (${disposition})`}`],
    ['line', line === null ? null : `${line}${queue === null ? '' : `, queue ${queue}`}`],
    ['took', told.length === 0 ? null : told.map(([name, length]) => `${name} ${lengthOf(length)}`).join(', ')],
    ...talks.map(
      ({ agent, from, until }) => ['talked', `${nameOf(agent)}, ${spanOf(started_at, from, until)}`] as const,
    ),
  ];
  return [
    'Call',
    ...fields.flatMap(([name, text]) => (text === null ? [] : [`  ${name.padEnd(10)} ${text}`])),
    ...moments.map((moment) => momentLine(moment, started_at)),
  ];
}

function momentLine(moment: ExplainedCall['moments'][number], startedAt: string): string {
  const { at, kind, agents, by, reason, to, decides } = moment;
  const words = [
    agents.length === 0 ? null : agents.map(nameOf).join(', '),
    by === null ? null : `by ${by}`,
    reason,
    to === null ? null : `to ${nameOf(to)}`,
  ];
  const said = words.filter((word) => word !== null).join(', ');
  return `  ${decides ? '→' : ' '} ${offsetOf(startedAt, at).padStart(11)} ${kind.padEnd(11)} ${said}`.trimEnd();
}

function nameOf(agent: ExplainedAgent | null): string {
  return agent?.name ?? agent?.email ?? agent?.extension ?? agent?.id ?? 'somebody';
}

function spanOf(startedAt: string, from: string, until: string | null): string {
  const length = until === null ? 'still talking' : lengthOf(Date.parse(until) - Date.parse(from));
  return `from ${offsetOf(startedAt, from)}, ${length}`;
}

/** After the beginning of the call. */
function offsetOf(startedAt: string, at: string): string {
  return `+${lengthOf(Date.parse(at) - Date.parse(startedAt))}`;
}

/** `1 h 02 min`, `6 min 31 s`, `9 s`. */
function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds >= 3600) {
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  }
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}
