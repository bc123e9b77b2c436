import type { AgentName, Step } from './steps.js';
import type { Modelled } from './model.js';

/** A command as the API takes it. */
export interface CommandRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const DUE_ON = '2031-03-29';
const email = (agent: AgentName | null): string | null => (agent === null ? null : `email:${agent}@acme.example`);

/** The request of a command; null for the days that pass. `linkId`: the link between the two cases. */
export function requestOf(
  step: Step,
  about: Modelled | null,
  other: Modelled | null,
  linkId: string,
): CommandRequest | null {
  if (step.act === 'create') {
    return { method: 'POST', path: '/v1/cases', body: creationOf(step, other) };
  }
  if (step.act === 'days pass') {
    return null;
  }
  const path = `/v1/cases/${about?.id}`;
  const patch = patchOf(step, other);
  if (patch !== null) {
    return { method: 'PATCH', path, body: patch };
  }
  if (step.act === 'trash') {
    return { method: 'DELETE', path, body: null };
  }
  if (step.act === 'relate') {
    return { method: 'POST', path: `${path}/links`, body: { case_id: other?.id } };
  }
  if (step.act === 'unrelate') {
    return { method: 'DELETE', path: `${path}/links/${linkId}`, body: null };
  }
  const [command, body] = commandOf(step);
  return { method: 'POST', path: `${path}/${command}`, body };
}

function creationOf({ assignee, type, isChild }: Extract<Step, { act: 'create' }>, other: Modelled | null): unknown {
  return {
    subject: 'My lamp is broken',
    requester: { email: 'rita@example.org' },
    group_id: assignee === 'bo' ? 'name:Sales' : 'name:Support',
    assignee_id: email(assignee),
    type,
    ...(type === 'task' ? { due_on: DUE_ON } : {}),
    ...(type === 'incident' ? { problem_id: other?.id ?? null } : {}),
    ...(isChild ? { parent_id: other?.id ?? null } : {}),
  };
}

function patchOf(step: Step, other: Modelled | null): unknown {
  switch (step.act) {
    case 'priority':
      return { priority: step.to };
    case 'status':
      return { status: step.to };
    case 'lab':
      return { status_id: 'key:with_the_lab' };
    case 'group':
      return { group_id: `name:${step.to}` };
    case 'type': {
      const problem_id = step.to === 'incident' ? (other?.id ?? null) : null;
      return { type: step.to, problem_id, ...(step.to === 'task' ? { due_on: DUE_ON } : {}) };
    }
    case 'parent':
      return { parent_id: step.other === null ? null : (other?.id ?? null) };
    case 'exclude':
      return { exclude_from_auto_close: step.to };
    default:
      return null;
  }
}

function commandOf(step: Step): readonly [name: string, body: unknown] {
  switch (step.act) {
    case 'assign':
      return ['assign', { assignee_id: email(step.to) }];
    case 'resolve':
      return ['resolve', { resolution: step.resolution }];
    case 'tag':
      return ['tags', { add: [step.tag] }];
    case 'untag':
      return ['tags', { remove: [step.tag] }];
    case 'follow':
      return ['participants', { add: [{ agent_id: email('bo'), role: 'follower' }] }];
    case 'comment':
      return ['comments', { body_text: 'Any news?' }];
    default:
      return [step.act, {}];
  }
}
