import { beginning, singleLine } from '../clean-text.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'message/delivery-status': 'txt',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/rfc822-headers': 'txt',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
};

/** The name that the sender gave, without a path, or one made of the media type and the part's position. */
export function attachmentName(given: string | null | undefined, mediaType: string, position: number): string {
  const bare = singleLine(given ?? '').replace(/^.*[\\/]/, '');
  return beginning(bare, 1000) || `attachment-${position}.${EXTENSIONS[mediaType] ?? 'bin'}`;
}

/** A media type that fits a header: lower case, no parameters, never empty. */
export function cleanMediaType(given: string | null | undefined): string {
  const bare = (given ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[!-~]{1,127}\/[!-~]{1,127}$/.test(bare) ? bare : 'application/octet-stream';
}
