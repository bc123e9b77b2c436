import { listGroups, type Queryable } from '#libs/case-store';
import { groupNamed } from '../assignment/named.js';
import { entityTag } from '../http/entity-tag.js';
import type { Answer } from '../writing/answer.js';
import { type GroupResource, groupResourceOf } from './group.resource.js';

/** The group as it is by now, as the answer to a write. */
export async function groupAnswer(
  client: Queryable,
  accountId: string,
  groupId: string,
  status: 200 | 201,
  more: Pick<GroupResource, 'released_cases' | 'flagged_tasks'> = {},
): Promise<Answer> {
  const group = groupNamed(await listGroups(client, accountId), groupId);
  return { status, headers: { etag: entityTag(group.version) }, body: { ...groupResourceOf(group), ...more } };
}
