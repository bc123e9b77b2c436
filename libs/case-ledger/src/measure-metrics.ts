import type { Metrics } from '#libs/runtime';
import type { MeasuredCase } from './write/measure-cases.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Upper bounds in seconds of what people take: from a minute to four weeks. */
const BUCKETS = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8].map((hours) => hours * HOUR),
  ...[1, 2, 3, 7, 14, 28].map((days) => days * DAY),
];

/**
 * Registers how long things take in cases (domain.md §13), each observed at most once in the life of a case: what moves
 * when the case is reopened counts when it is closed. `closed_reason` and `resolution_source` tell what ended by a merge
 * from what was worked off.
 */
export function measureMetrics(metrics: Metrics): (one: MeasuredCase) => void {
  const observeReply = histogram(metrics, 'first_reply', 'until somebody of us first replied', ['priority']);
  const resolved = ['priority', 'resolution_source'] as const;
  const observeResolution = histogram(metrics, 'first_resolution', 'until a case was first resolved', resolved);
  const observeWhole = wholeMetrics(metrics);
  return (one) => {
    const { state, final } = one;
    const priority = state.priority ?? 'none';
    observeReply({ priority }, final.firstReply);
    observeResolution({ priority, resolution_source: state.resolutionSource ?? 'none' }, final.firstResolution);
    observeWhole(one);
  };
}

/** What is known only of cases that were closed. */
function wholeMetrics(metrics: Metrics): (one: MeasuredCase) => void {
  const labels = ['priority', 'closed_reason'] as const;
  const resolution = histogram(metrics, 'resolution', 'until a closed case was last resolved', labels);
  const wait = histogram(metrics, 'requester_wait', 'that a closed case was new, open or on hold', labels);
  const work = histogram(metrics, 'agent_work', 'that a closed case was new or open', labels);
  const inStatus = ['status', 'closed_reason'] as const;
  const statuses = histogram(metrics, 'status', 'that a closed case spent in each status it had', inStatus);
  return ({ state, whole }) => {
    if (whole === null) {
      return;
    }
    const closed_reason = state.closedReason ?? 'none';
    const described = { priority: state.priority ?? 'none', closed_reason };
    resolution(described, whole.resolution);
    wait(described, whole.requesterWait);
    work(described, whole.agentWork);
    for (const [status, spent] of Object.entries(whole.byCategory)) {
      statuses({ status, closed_reason }, spent === 0 ? null : spent);
    }
  };
}

/** Observes whole seconds; null is nothing to observe. */
function histogram<Label extends string>(
  metrics: Metrics,
  measure: string,
  what: string,
  labels: readonly Label[],
): (values: Record<Label, string>, seconds: number | null) => void {
  const name = `case_${measure}_seconds`;
  const seconds = metrics.histogram({ name, help: `Time ${what}`, labels, buckets: BUCKETS });
  return (values, observed) => {
    if (observed !== null) {
      seconds.observe(values, observed);
    }
  };
}
