import { Inject, Injectable } from '@nestjs/common';
import { type CallBarEvent, callBarRecord } from '#libs/interaction';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { publishInTime, type PublishResult } from '../publish/publish-in-time.js';

/** An agent waits in front of the answer. Milliseconds. */
const TIMEOUT = 2_500;
const MOST_WAITING = 1_000;

/** The way of call-bar events into the log. */
@Injectable()
export class CallBarPublisher {
  private waiting = 0;

  constructor(@Inject(EVENT_LOG) private readonly log: Pick<EventLog, 'publish'>) {}

  /** Never rejects: what is not durable in time is `unavailable`, and does no harm when it is sent again. */
  async publish(event: CallBarEvent): Promise<PublishResult> {
    if (this.waiting >= MOST_WAITING) {
      return { outcome: 'unavailable', reason: 'too many events wait for the log' };
    }
    this.waiting += 1;
    const { value, ...record } = callBarRecord(event);
    try {
      return await publishInTime(this.log, [{ ...record, value: Buffer.from(value) }], { timeoutMs: TIMEOUT });
    } finally {
      this.waiting -= 1;
    }
  }
}
