import type { ApiParamOptions } from '@nestjs/swagger';
import { loadInteraction, type InteractionView, type Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { Principal } from '../access/principal.js';
import { notFound, ProblemException } from '../http/problem.js';

/** `{id}` in the description. */
export const INTERACTION_ID: ApiParamOptions = { name: 'id', format: 'uuid' };

/** The interaction of a path, of the principal's account: any other does not exist. */
export async function interactionAt(
  client: Queryable,
  principal: Pick<Principal, 'accountId'>,
  id: string,
): Promise<InteractionView> {
  const view = isUuid(id) ? await loadInteraction(client, principal.accountId, id) : null;
  if (view === null) {
    throw notFound('The interaction');
  }
  return view;
}

/** The interaction of a path, for who wants to see what it said. Throws 410 when that was taken away. */
export async function saidInteractionAt(
  client: Queryable,
  principal: Pick<Principal, 'accountId'>,
  id: string,
): Promise<InteractionView> {
  const view = await interactionAt(client, principal, id);
  if (view.redactedAt !== null) {
    const detail = 'What the interaction said was taken away for good.';
    throw new ProblemException({ code: 'redacted', detail, members: { redacted_at: view.redactedAt.toISOString() } });
  }
  return view;
}
