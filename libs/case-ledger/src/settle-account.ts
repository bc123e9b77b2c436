import {
  type AccountSetup,
  bothNeeds,
  type Consequence,
  type Found,
  lookupsOf,
  nameCommands,
  nameContactFacts,
  type Moment,
  type Needs,
  nameDues,
  nameMatters,
  needsOf,
  needsOfCallBar,
  needsOfCommands,
  needsOfContactCommands,
  needsOfDue,
  NO_NEEDS,
  type Wakes,
  wakesOf,
} from '#libs/case-domain';
import {
  type AccountDirectory,
  appendOutbox,
  ConcurrentChange,
  findNames,
  holdAgents,
  holdStatuses,
  insertWakes,
  loadSnapshot,
  type Membership,
  type Queryable,
} from '#libs/case-store';
import { assignedAnew, passagesOf } from './write/assigned-anew.js';
import { announcementsOf } from './write/announcements.js';
import { applyWrites } from './write/apply-writes.js';
import { givenStatuses } from './write/given-statuses.js';
import { measureCases } from './write/measure-cases.js';
import type { ReservedNumbers } from './case-numbers.js';
import { type Answer, decideQuestions, endingOf } from './decide/decide-questions.js';
import type { CommandAnswer, ContactAnswer, Settlement, Work } from './inputs.js';
import type { LedgerMetrics, SettlePhase } from './ledger-metrics.js';
import { planWrites, type WritePlan } from './write/plan-writes.js';
import { askedAbout, type Asked } from './decide/questions.js';
import { type Recognised, recogniseInputs } from './decide/recognise-inputs.js';
import { duplicateRecord, type Repetition } from './records/decided-records.js';

/** What settling one account needs beside its inputs. */
export interface AccountScope {
  readonly client: Queryable;
  readonly directory: AccountDirectory;
  readonly metrics: Pick<LedgerMetrics, 'took'>;
  readonly moment: Moment;
  readonly consequences: readonly Consequence[];
  readonly numbers: ReservedNumbers;
  /** What an earlier attempt turned out to need beyond what can be told beforehand. */
  readonly needs: Needs;
}

/**
 * Settles the inputs of one account in the caller's transaction:
 * 1. find, without a lock: the rows that the inputs are about, and who bears the names that they use
 * 2. load, locked in one order: what their decisions may change
 * 3. decide one after another, in memory, each with its consequences
 * 4. write, set-wise, and measure what ended
 * 5. announce what the relay has to tell the topics
 * Ends in `ConcurrentChange` or `MoreNeeded` when all of it has to be done over.
 */
export async function settleAccount(scope: AccountScope, { accountId, inputs }: Work): Promise<Settlement> {
  const { client, moment } = scope;
  const clock = new PhaseClock(scope.metrics);
  const setup = await scope.directory.find(client, accountId);
  if (setup === null) {
    return { accountId, known: false };
  }
  const isActive = (agent: string): boolean =>
    (setup.agents.get(`email:${agent}`) ?? setup.agentsById.get(agent))?.active === true;
  const time = { now: moment.now, times: setup.rules.calls };
  const recognised = await recogniseInputs(client, accountId, inputs, time, isActive);
  const asked = askedAbout(recognised.questions.values());
  const lookups = lookupsOf(asked.interactions, setup.rules);
  nameCommands(asked.commands, lookups);
  nameMatters(asked.matters, lookups);
  nameDues(asked.dues, lookups);
  const found = await findNames(client, accountId, lookups, setup.rules.calls, hearsCalls(setup));
  clock.ends('find');
  const snapshot = await loadSnapshot(client, setup, found, bothNeeds(scope.needs, needsOfAll(asked, found, setup)));
  const loaded = new Map(snapshot.cases);
  clock.ends('load');
  const answers = decideQuestions(recognised.questions.values(), snapshot, moment, scope.consequences);
  clock.ends('decide');
  const plan = planWrites({ accountId, now: moment.now, answers, recognised, loaded, numbers: scope.numbers });
  const repetitions = await applyWrites(client, plan);
  const measured = await measureCases(client, plan, loaded);
  await expectActive(scope, accountId, givenStatuses(plan, loaded));
  await expectMembers(scope, accountId, assignedAnew(plan, loaded));
  await wake(client, accountId, wakesOf(passagesOf(plan, loaded), setup));
  clock.ends('write');
  await announce(client, plan, repetitions);
  clock.ends('announce');
  const endings = endingsOf(recognised, answers);
  const contacts = contactAnswersOf(recognised, answers);
  return { accountId, known: true, endings, answers: answersOf(recognised, answers), contacts, measured };
}

function hearsCalls({ endpoints }: AccountSetup): boolean {
  return [...endpoints.keys()].some((key) => key.startsWith('phone_number'));
}

function needsOfAll(
  { interactions, dues, commands, matters, caseIds, contactFacts, contactCommands }: Asked,
  found: Found,
  setup: AccountSetup,
): Needs {
  const theirs = interactions.length === 0 ? NO_NEEDS : needsOf(interactions, found, setup, caseIds);
  const withDues = dues.length === 0 ? theirs : bothNeeds(theirs, needsOfDue(dues));
  const withMatters = matters.length === 0 ? withDues : bothNeeds(withDues, needsOfCallBar(matters, found, setup));
  const withContacts =
    contactFacts.length === 0
      ? withMatters
      : bothNeeds(withMatters, { ...NO_NEEDS, peopleNamed: nameContactFacts(contactFacts) });
  const withPeople =
    contactCommands.length === 0 ? withContacts : bothNeeds(withContacts, needsOfContactCommands(contactCommands));
  return commands.length === 0 ? withPeople : bothNeeds(withPeople, needsOfCommands(commands, found, setup));
}

/**
 * The set-up may be older than what somebody has made of it since. After all other locks: whoever holds a status waits
 * for nobody, and who deactivates one waits for its holders and then sees their cases.
 */
async function expectActive(
  { client, directory }: AccountScope,
  accountId: string,
  statusIds: readonly string[],
): Promise<void> {
  const active = statusIds.length === 0 ? [] : await holdStatuses(client, accountId, statusIds);
  if (active.length < statusIds.length) {
    directory.invalidate(accountId);
    throw new ConcurrentChange('status');
  }
}

/** As for statuses: who deactivates an agent, or takes her out of a group, waits for the holders and then sees their cases. */
async function expectMembers(
  { client, directory }: AccountScope,
  accountId: string,
  memberships: readonly Membership[],
): Promise<void> {
  if (memberships.length > 0 && !(await holdAgents(client, accountId, memberships))) {
    directory.invalidate(accountId);
    throw new ConcurrentChange('agent');
  }
}

/** Whoever gives away cases that wait looks again once this is committed. */
async function wake(client: Queryable, accountId: string, wakes: Wakes): Promise<void> {
  if (wakes.agentIds.length > 0 || wakes.groupIds.length > 0) {
    await insertWakes(client, accountId, wakes);
  }
}

/** Names of rows come first: what no row holds is told of interactions that may be named among them. */
async function announce(client: Queryable, plan: WritePlan, added: readonly Repetition[]): Promise<void> {
  const { accountId, now } = plan;
  const repeated = [...added, ...plan.repetitions].map((one) => duplicateRecord(accountId, one, now));
  for (const announcement of announcementsOf(plan.news, [...plan.records, ...repeated], plan.announcedContacts)) {
    await appendOutbox(client, accountId, announcement);
  }
}

function endingsOf({ questions, idle }: Recognised, answers: readonly Answer[]): string[] {
  const endings: string[] = [];
  idle.forEach((ending, place) => (endings[place] = ending));
  [...questions.keys()].forEach((place, index) => {
    const answer = answers[index];
    endings[place] = answer === undefined ? 'not_due' : endingOf(answer);
  });
  return endings;
}

function answersOf({ questions }: Recognised, answers: readonly Answer[]): ReadonlyMap<number, CommandAnswer> {
  const byPlace = new Map<number, CommandAnswer>();
  [...questions.keys()].forEach((place, index) => {
    const answer = answers[index];
    if (answer?.kind === 'command') {
      byPlace.set(place, answer.decision.verdict);
    }
  });
  return byPlace;
}

function contactAnswersOf({ questions }: Recognised, answers: readonly Answer[]): ReadonlyMap<number, ContactAnswer> {
  return new Map(
    [...questions.keys()].flatMap((place, index) => {
      const answer = answers[index];
      return answer?.kind === 'contact_command' ? [[place, answer.decision.verdict] as const] : [];
    }),
  );
}

/** Tells how long each phase took. */
class PhaseClock {
  private since = performance.now();

  constructor(private readonly metrics: AccountScope['metrics']) {}

  ends(phase: SettlePhase): void {
    const now = performance.now();
    this.metrics.took(phase, (now - this.since) / 1000);
    this.since = now;
  }
}
