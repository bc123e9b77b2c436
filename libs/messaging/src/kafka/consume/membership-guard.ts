import { toError } from '../../errors.js';
import type { KafkaTimes } from '../kafka-log-options.js';

/** The group gave our partitions away; whatever we still do for them may be done by somebody else too. */
const lostTypes = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID']);
/** The group is about to be shared anew: still ours until the rebalance timeout, but we should come soon. */
const leavingTypes = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);
/** Share of the rebalance timeout that a batch under way may use to finish. */
const FINISH_SHARE = 0.5;

/** Watches the membership while a handler works; kafkajs heartbeats only when it is told to. */
export interface MembershipGuard {
  /** Aborted when the partition is no longer ours, or the time to finish is over. */
  readonly lost: AbortSignal;
  /** Aborted when no further attempt should be begun. */
  readonly leaving: AbortSignal;
  /** What the heartbeat said, for kafkajs, which then joins the group again. */
  cause(): Error | null;
  end(): void;
}

/** The consumer as a whole: asked to stop, and late with it. */
export interface ConsumerEnd {
  readonly stopping: AbortSignal;
  readonly overdue: AbortSignal;
}

export function guardMembership(
  heartbeat: () => Promise<void>,
  times: Pick<KafkaTimes, 'heartbeatIntervalMs' | 'sessionTimeoutMs' | 'rebalanceTimeoutMs'>,
  consumer?: ConsumerEnd,
): MembershipGuard {
  const lost = new AbortController();
  const leaving = new AbortController();
  let cause: Error | null = null;
  let lastAnswer = performance.now();
  let mustJoin: NodeJS.Timeout | undefined;

  const lose = (error: Error) => {
    cause ??= error;
    leaving.abort();
    lost.abort();
  };
  const leave = (error: Error) => {
    cause ??= error;
    leaving.abort();
    mustJoin ??= setTimeout(() => lose(error), times.rebalanceTimeoutMs * FINISH_SHARE);
  };
  const judge = (error: Error) => {
    const type = 'type' in error ? String(error.type) : '';
    if (lostTypes.has(type) || performance.now() - lastAnswer > times.sessionTimeoutMs) {
      lose(error);
    } else if (leavingTypes.has(type)) {
      leave(error);
    }
  };
  const beat = async () => {
    try {
      await heartbeat();
      lastAnswer = performance.now();
    } catch (thrown) {
      judge(toError(thrown));
    }
  };
  const unfollow = [follow(consumer?.stopping, leaving), follow(consumer?.overdue, lost)];
  // kafkajs skips a heartbeat that is not due yet, so asking often costs nothing.
  const timer = setInterval(() => void beat(), times.heartbeatIntervalMs / 3);
  return {
    lost: lost.signal,
    leaving: leaving.signal,
    cause: () => cause,
    end() {
      clearInterval(timer);
      clearTimeout(mustJoin);
      unfollow.forEach((stop) => stop());
    },
  };
}

/** As `AbortSignal.any`, which would leave a trace in the long-lived signal for every fetch. */
function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  const abort = () => controller.abort();
  if (signal?.aborted) {
    abort();
  }
  signal?.addEventListener('abort', abort);
  return () => signal?.removeEventListener('abort', abort);
}
