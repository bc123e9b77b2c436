import fc from 'fast-check';

export const AGENTS = ['ana', 'ben', 'bo'] as const;
export type AgentName = (typeof AGENTS)[number];
export type GroupName = 'Support' | 'Sales';
export type TypeName = 'problem' | 'incident' | 'task' | null;

/** What one command says. Cases are named by their place among those of the sequence. */
export type Step = Readonly<{ which: number; seen: 'anything' | 'current' | 'stale' }> &
  Readonly<
    | { act: 'create'; assignee: AgentName | null; type: TypeName; other: number; isChild: boolean }
    | { act: 'priority'; to: 'low' | 'high' | null }
    | { act: 'status'; to: 'open' | 'pending' | 'on_hold' }
    | { act: 'lab' }
    | { act: 'group'; to: GroupName }
    | { act: 'assign'; to: AgentName }
    | { act: 'resolve'; resolution: string }
    | { act: 'type'; to: TypeName; other: number }
    | { act: 'parent'; other: number | null }
    | { act: 'relate' | 'unrelate'; other: number }
    | { act: 'tag' | 'untag'; tag: string }
    | { act: 'exclude'; to: boolean }
    | { act: 'unassign' | 'reopen' | 'follow' | 'comment' | 'trash' | 'restore' | 'days pass' }
  >;

const agent = fc.constantFrom(...AGENTS);
const type = fc.constantFrom<TypeName>('problem', 'incident', 'incident', 'task', null, null);
const other = fc.nat(7);
const tag = fc.constantFrom('a', 'b');
const bare = fc.constantFrom(
  'unassign',
  'reopen',
  'reopen',
  'follow',
  'comment',
  'trash',
  'restore',
  'restore',
  'days pass',
);

const said = fc.oneof(
  {
    arbitrary: fc.record({
      act: fc.constant('create' as const),
      ...{ assignee: fc.option(agent), type, other, isChild: fc.boolean() },
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ act: bare }), weight: 9 },
  { arbitrary: fc.record({ act: fc.constant('assign' as const), to: agent }), weight: 3 },
  {
    arbitrary: fc.record({ act: fc.constant('resolve' as const), resolution: fc.constantFrom('Sent.', 'Mended.') }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      act: fc.constant('priority' as const),
      to: fc.constantFrom('low' as const, 'high' as const, null),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      act: fc.constant('status' as const),
      to: fc.constantFrom('open' as const, 'pending' as const, 'on_hold' as const),
    }),
    weight: 3,
  },
  { arbitrary: fc.record({ act: fc.constant('lab' as const) }), weight: 1 },
  {
    arbitrary: fc.record({
      act: fc.constant('group' as const),
      to: fc.constantFrom('Support' as const, 'Sales' as const),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ act: fc.constant('type' as const), to: type, other }), weight: 3 },
  { arbitrary: fc.record({ act: fc.constant('parent' as const), other: fc.option(other, { freq: 4 }) }), weight: 2 },
  {
    arbitrary: fc.record({ act: fc.constantFrom('relate' as const, 'relate' as const, 'unrelate' as const), other }),
    weight: 3,
  },
  { arbitrary: fc.record({ act: fc.constantFrom('tag' as const, 'untag' as const), tag }), weight: 2 },
  { arbitrary: fc.record({ act: fc.constant('exclude' as const), to: fc.boolean() }), weight: 1 },
);
const about = fc.record({
  which: fc.nat(7),
  seen: fc.oneof(
    { arbitrary: fc.constant('anything' as const), weight: 6 },
    { arbitrary: fc.constantFrom('current' as const, 'stale' as const), weight: 1 },
  ),
});
const step = fc.tuple(about, said).map(([where, what]) => ({ ...where, ...what }));

/** At least ten commands, of which the first opens a case. */
export const sequence: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.record({ assignee: fc.option(agent), type: fc.constantFrom<TypeName>('problem', null) }),
    fc.array(step, { minLength: 10, maxLength: 18 }),
  )
  .map(([first, steps]) => [
    { act: 'create', which: 0, seen: 'anything', other: 0, isChild: false, ...first },
    ...steps,
  ]);

/** A line of a sequence, for people. */
export function lineOf({ act, which, seen, ...more }: Step): string {
  const about = act === 'create' || act === 'days pass' ? '' : ` #${which}`;
  const rest = Object.entries(more).map(([name, value]) => ` ${name}=${String(value)}`);
  return `${act}${about}${rest.join('')}${seen === 'anything' ? '' : ` (${seen} version)`}`;
}
