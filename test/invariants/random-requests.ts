import type { Random } from '../faults/random.js';

/** A request to the Case API: `POST /v1/cases`, and its body. */
export interface ApiRequest {
  readonly line: string;
  readonly body?: object;
}

/** What a run has to do with; it grows while the run goes on. */
export interface KnownThings {
  readonly caseIds: string[];
  /** Agents by id; whether they are members of a case's group is up to chance. */
  readonly agentIds: readonly string[];
  /** Keys of statuses that may be there. */
  readonly statusKeys: readonly string[];
}

const MOST_CASES = 20;

/** Any request about any of the known cases, most of which fit; a new case as long as there are few. */
export function randomRequest(random: Random, known: KnownThings): ApiRequest {
  if (known.caseIds.length < 3 || (known.caseIds.length < MOST_CASES && random.fraction() < 0.2)) {
    return { line: 'POST /v1/cases', body: randomOpening(random, known) };
  }
  const path = `/v1/cases/${random.oneOf(known.caseIds)}`;
  return random.fraction() < 0.5
    ? { line: `PATCH ${path}`, body: randomPatch(random, known) }
    : randomCommand(path, random, known);
}

function randomOpening(random: Random, { agentIds }: KnownThings): object {
  const requester = { email: `customer${random.below(6)}@example.org` };
  const owned = { assignee_id: random.oneOf(agentIds), group_id: random.oneOf(['name:Support', 'name:Sales']) };
  const kinds = [{}, owned, { ...owned, type: 'problem' }, { ...owned, type: 'task', due_on: '2026-12-24' }];
  return { subject: 'My lamp is broken', requester, ...random.oneOf(kinds) };
}

function randomPatch(random: Random, { agentIds, caseIds, statusKeys }: KnownThings): object {
  const [agent, other] = [random.oneOf(agentIds), random.oneOf(caseIds)];
  return random.oneOf<object>([
    { priority: random.oneOf(['low', 'high', null]) },
    { status: random.oneOf(['open', 'pending', 'on_hold']) },
    { status: random.oneOf(['open', 'pending', 'on_hold']), assignee_id: agent },
    { status_id: `key:${random.oneOf(statusKeys)}` },
    { status: 'resolved', resolution: 'A new bulb.' },
    { status: 'closed' },
    { status: 'new' },
    { type: 'problem', problem_id: null },
    { type: 'incident', problem_id: other },
    { type: 'incident', problem_id: other },
    { type: random.oneOf(['question', null]), problem_id: null },
    { type: 'task', due_on: '2026-12-24', assignee_id: agent, problem_id: null },
    { parent_id: other },
    { parent_id: null },
    { group_id: random.oneOf(['name:Support', 'name:Sales']), assignee_id: random.oneOf([agent, null]) },
    { tags: [`tag${random.below(3)}`], subject: `Lamp ${random.below(3)}` },
    { exclude_from_auto_close: random.fraction() < 0.2 },
  ]);
}

function randomCommand(path: string, random: Random, { agentIds, caseIds }: KnownThings): ApiRequest {
  return random.oneOf<ApiRequest>([
    { line: `POST ${path}/assign`, body: { assignee_id: random.oneOf(agentIds) } },
    { line: `POST ${path}/assign`, body: { auto: true } },
    { line: `POST ${path}/unassign`, body: {} },
    { line: `POST ${path}/resolve`, body: { resolution: 'A new bulb.' } },
    { line: `POST ${path}/resolve`, body: { resolution: 'A new lamp.' } },
    { line: `POST ${path}/reopen`, body: {} },
    { line: `POST ${path}/tags`, body: { add: [`tag${random.below(5)}`] } },
    { line: `POST ${path}/participants`, body: { add: [{ email: `friend${random.below(9)}@example.org` }] } },
    { line: `POST ${path}/comments`, body: { body_text: 'She called again.', public: random.fraction() < 0.5 } },
    { line: `POST ${path}/comments`, body: { body_text: 'It is on its way.', mention_ids: [random.oneOf(agentIds)] } },
    {
      line: `POST ${path}/merge`,
      body: { source_ids: [random.oneOf(caseIds)], confirm_cross_requester: random.fraction() < 0.7 },
    },
    { line: `POST ${path}/links`, body: { case_id: random.oneOf(caseIds) } },
    { line: `DELETE ${path}` },
    { line: `POST ${path}/restore`, body: {} },
    { line: `POST ${path}/restore`, body: {} },
    ...(random.fraction() < 0.3 ? [{ line: `DELETE ${path}?permanent=true` }] : []),
  ]);
}
