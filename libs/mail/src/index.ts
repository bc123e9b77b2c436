export { memoryParts, sourceOfBytes, type MemoryParts } from './memory-parts.js';
export { parseHeaderOnly, parseMail } from './parse-mail.js';

export { charsetOf } from './charset/charset-label.js';
export { likelyCharset } from './charset/decode-bytes.js';
export type { MailSource } from './content/mime-content.js';
export type { EmailPayload, ForwardedMail, MailReport, ReturnedMail } from './content/payload.js';
export { PartStoreFailure, storePart, type PartStore } from './content/stored-parts.js';
export type { MailAddress } from './header/address-header.js';
export type { TraceHeader } from './header/trace.js';

export { endOfHeader } from './stream/mail-scan.js';
export { beginning, singleLine } from './text/clean-text.js';
export { untaggedSubject } from './text/untagged-subject.js';
