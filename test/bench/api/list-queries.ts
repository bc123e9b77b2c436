import { GROUPS, PRODUCTS, requestersOf, TAGS } from './fill-cases.js';

/** A list as people and programs ask for it, each time for something else. */
export interface ListQuery {
  readonly name: string;
  /** Milliseconds that 99 of 100 answers may take at most. */
  readonly limit: number;
  /** Of the run with this number, beside so many cases. */
  readonly query: (run: number, count: number) => string;
}

const FILTER_MS = 50;
const SEARCH_MS = 150;
const DAY = 24 * 60 * 60 * 1000;

/** So many days before now, ISO 8601. */
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const agent = (run: number): string => `email:agent${run % 50}@acme.example`;
const group = (run: number): string => `name:Group ${run % GROUPS}`;
/** From the most usual one to the rarest. */
const tag = (run: number): string => `tag${Math.round(TAGS ** ((run % 100) / 100))}`;
const PRIORITIES = ['urgent', 'urgent,high', 'low', 'normal'];
const WORDS = ['lamp', 'kettle broken', 'balana', 'roter lamp', 'ruipelo', 'invoice switch', 'glass', 'dumoning'];

/** Twelve: what agents look at, what they look for, and what programs follow. */
export const LIST_QUERIES: readonly ListQuery[] = [
  { name: 'newest', limit: FILTER_MS, query: (run) => `limit=${1 + (run % 100)}` },
  {
    name: 'waiting',
    limit: FILTER_MS,
    query: (run) => `status=pending,on_hold${run % 2 === 0 ? '' : '&sort=created_at'}`,
  },
  { name: 'mine', limit: FILTER_MS, query: (run) => `assignee_id=${agent(run)}&status=open,pending` },
  { name: 'queue of a group', limit: FILTER_MS, query: (run) => `group_id=${group(run)}&unassigned=true` },
  { name: 'urgent', limit: FILTER_MS, query: (run) => `priority=${PRIORITIES[run % 4] ?? ''}` },
  { name: 'tagged', limit: FILTER_MS, query: (run) => `tag=${tag(run)}` },
  {
    name: 'due first',
    limit: FILTER_MS,
    query: (run) => (run % 2 === 0 ? 'overdue=true&sort=due_at' : `status=open,pending&sort=due_at`),
  },
  {
    name: 'changes since',
    limit: FILTER_MS,
    query: (run) => `sort=updated_at&updated_from=${ago((run * 7) % 365)}&limit=100`,
  },
  {
    name: 'touched last in a group',
    limit: FILTER_MS,
    query: (run) => `group_id=${group(run)}&status=open,pending,on_hold&sort=-updated_at`,
  },
  {
    name: 'resolved in a week',
    limit: FILTER_MS,
    query: (run) => `status=resolved,closed&resolved_from=${ago((run % 350) + 7)}&resolved_to=${ago(run % 350)}`,
  },
  {
    name: 'by a custom field',
    limit: FILTER_MS,
    query: (run, count) => {
      return run % 2 === 0 ? `cf.order_no=A-${(run * 4_999) % count}` : `cf.product=P${run % PRODUCTS}&type=question`;
    },
  },
  {
    name: 'words (q)',
    limit: SEARCH_MS,
    query: (run, count) => {
      const rare = [`order ${(run * 4_999) % count}`, `person${(run * 97) % requestersOf(count)}`];
      const q = run % 2 === 0 ? (WORDS[(run / 2) % WORDS.length] ?? '') : (rare[((run - 1) / 2) % 2] ?? '');
      return `q=${q}${run % 3 === 0 ? '&status=open,pending' : ''}`;
    },
  },
];

/**
 * Each filter by itself in each order that it could go badly with: what is rare where the list begins, and what is nowhere.
 * They have the same limit; the slowest of them is told.
 */
export const FURTHER_QUERIES: readonly string[] = [
  ...['status=new', 'status=open', 'status=resolved', 'status=closed', 'status=pending,closed'],
  ...['priority=urgent&status=open,pending', 'type=problem', 'type=incident&status=new', 'type=task&status=open'],
  ...['source=api', 'source=voicemail', 'source=agent&status=new', 'status_id=key:with_the_lab', 'trashed=only'],
  ...['unassigned=true', 'unassigned=false', 'unassigned=true&status=closed', 'overdue=true', 'overdue=false'],
  ...['group_id=name:Group 0', 'group_id=name:Group 19', 'group_id=name:Group 3&priority=urgent', 'tag=tag1,tag1999'],
  ...['assignee_id=email:agent49@acme.example', 'assignee_id=email:agent0@acme.example&priority=urgent'],
  ...['tag=tag900&status=open', 'tag=nowhere', 'cf.product=P7', 'cf.product=nothing', 'problem_id=number:1001'],
].flatMap((filter) =>
  ['', '&sort=created_at', '&sort=-updated_at', '&sort=updated_at', '&sort=due_at'].map((sort) => filter + sort),
);
