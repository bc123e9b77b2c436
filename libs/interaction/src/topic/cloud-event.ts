/** CloudEvents 1.0, Kafka binding, binary content mode: the value is the data, the envelope is headers. */
export interface CloudEvent {
  /** Unique per source; consumers drop repetitions by (source, id). */
  readonly id: string;
  readonly source: string;
  /** Reverse DNS with a version, such as `io.casewright.case.created.v1`. */
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly dataSchema: string;
  readonly accountId: string;
  readonly partitionKey: string;
  /** Lexicographic order within the subject; see `sequenceOf`. */
  readonly sequence?: string | undefined;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly recordedTime?: string;
  readonly traceParent?: string;
}

const EXTENSIONS = [
  ['sequence', 'ce_sequence'],
  ['correlationId', 'ce_correlationid'],
  ['causationId', 'ce_causationid'],
  ['recordedTime', 'ce_recordedtime'],
  ['traceParent', 'traceparent'],
] as const;

/** Headers of a record that carries the event's data as its value. */
export function cloudEventHeaders(event: CloudEvent): Record<string, string> {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: event.source,
    ce_type: event.type,
    ce_subject: event.subject,
    ce_time: event.time,
    ce_dataschema: event.dataSchema,
    ce_partitionkey: event.partitionKey,
    ce_accountid: event.accountId,
    'content-type': 'application/json',
    'x-account': event.accountId,
  };
  for (const [field, header] of EXTENSIONS) {
    const value = event[field];
    if (value !== undefined) {
      headers[header] = value;
    }
  }
  return headers;
}

/** A number as text that sorts like the number (CloudEvents sequence extension). */
export function sequenceOf(value: number | bigint): string {
  return value.toString().padStart(20, '0');
}
