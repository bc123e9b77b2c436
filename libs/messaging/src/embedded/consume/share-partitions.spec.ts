import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sharePartitions } from './share-partitions.js';

const partitionsOf = (topics: number, partitions: number) =>
  Array.from({ length: topics * partitions }, (_, index) => ({
    id: index,
    topicId: Math.floor(index / partitions),
    partition: index % partitions,
  }));

describe('sharePartitions', () => {
  it('gives each partition to exactly one member, evenly', () => {
    const size = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(size, size, size, (topics, partitions, members) => {
        const all = partitionsOf(topics, partitions);
        const topicIds = Array.from({ length: topics }, (_, topic) => topic);
        const group = Array.from({ length: members }, (_, index) => ({ number: index * 3 + 1, topicIds }));
        const shares = group.map(({ number }) => sharePartitions(all, [...group].reverse(), number));
        expect(
          shares
            .flat()
            .map(({ id }) => id)
            .sort((a, b) => a - b),
        ).toEqual(all.map(({ id }) => id));
        const sizes = shares.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('asks only members that read the topic', () => {
    const members = [
      { number: 1, topicIds: [0] },
      { number: 2, topicIds: [0, 1] },
    ];
    const second = sharePartitions(partitionsOf(2, 2), members, 2).map(({ topicId }) => topicId);
    expect(second.filter((topicId) => topicId === 1)).toHaveLength(2);
    expect(sharePartitions(partitionsOf(2, 2), members, 1).every(({ topicId }) => topicId === 0)).toBe(true);
  });
});
