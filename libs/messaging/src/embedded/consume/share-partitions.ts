import type { LiveMember } from '../sql/members/beat-member.js';

/**
 * Which partitions a member should read: each topic's partitions go round among the members that read the topic, and
 * each topic starts with the next member, so that nobody gets the first partition of all of them.
 * Every member computes the same from the same list; while lists differ, the locks decide.
 */
export function sharePartitions<P extends { readonly topicId: number }>(
  partitions: readonly P[],
  members: readonly LiveMember[],
  own: number,
): P[] {
  const sorted = [...members].sort((a, b) => a.number - b.number);
  let turn = 0;
  return partitions.filter(({ topicId }) => {
    const readers = sorted.filter(({ topicIds }) => topicIds.includes(topicId));
    const reader = readers[turn % Math.max(1, readers.length)];
    turn += 1;
    return reader?.number === own;
  });
}
