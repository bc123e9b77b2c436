const REPORT_PARTS =
  /^(message\/(global-)?(delivery-status|disposition-notification|feedback-report|rfc822|headers)|message\/global|text\/rfc822-headers)$/;

/** Bytes of a part of a report that are read. */
export const MOST_OF_A_REPORT_PART = 64 * 1024;

/** Whether a part tells about another mail: a report for programs, or that mail itself. */
export function isReportPart(mediaType: string): boolean {
  return REPORT_PARTS.test(mediaType);
}
