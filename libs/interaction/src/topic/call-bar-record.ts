import { type CallBarEvent, callOfEvent } from '../callbar/call-bar-event.js';
import { externalIdAt } from '../identifiers.js';
import { cloudEventHeaders } from './cloud-event.js';
import { callConversationKey } from './conversation-key.js';
import { headerSafe, type InteractionRecord } from './interaction-record.js';
import { interactionTopic } from './topics.js';

/** `ce_type` of a record that holds what an agent pressed. */
export const CALL_BAR_RECORD_TYPE = 'io.casewright.callbar.pressed.v1';

/** The record of a call-bar event (events.md §2): of one call to one partition, else of one agent. */
export function callBarRecord(event: CallBarEvent): InteractionRecord {
  const { id, accountId, agent, call } = event;
  const named = call?.connection && call.callId ? externalIdAt(call.connection, call.callId) : callOfEvent(event);
  const key = named === null ? `${accountId}|agent|${agent}` : callConversationKey(accountId, named);
  return {
    topic: interactionTopic('callbar'),
    key,
    value: JSON.stringify(event),
    headers: {
      ...cloudEventHeaders({
        id,
        source: `/accounts/${accountId}/channels/callbar`,
        type: CALL_BAR_RECORD_TYPE,
        subject: `callbar/${id}`,
        time: event.occurredAt,
        recordedTime: event.receivedAt,
        dataSchema: '/schemas/callbar-event.v1.json',
        accountId,
        partitionKey: headerSafe(key),
      }),
      'x-channel': 'callbar',
    },
  };
}
