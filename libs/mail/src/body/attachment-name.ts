import { beginning, singleLine } from '../text/clean-text.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/pdf': 'pdf',
  'application/rtf': 'rtf',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'message/global': 'eml',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/rtf': 'rtf',
  'text/xml': 'xml',
  'video/mp4': 'mp4',
};
/** What parts are called that are nearly never named and always are the same thing. */
const NAMES: Readonly<Record<string, string>> = {
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
  'application/pgp-encrypted': 'version.asc',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-keys': 'keys.asc',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'message/delivery-status': 'delivery-status.txt',
  'message/global-delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'disposition-notification.txt',
  'message/global-disposition-notification': 'disposition-notification.txt',
  'message/external-body': 'external-body.txt',
  'message/feedback-report': 'feedback-report.txt',
  'message/global-headers': 'headers.txt',
  'message/partial': 'message-part.eml',
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'text/directory': 'contact.vcf',
  'text/rfc822-headers': 'headers.txt',
  'text/vcard': 'contact.vcf',
  'text/x-vcard': 'contact.vcf',
};

const LONGEST_NAME = 200;
const LONGEST_EXTENSION = 20;
/** Characters that turn the reading direction around or cannot be seen: they disguise what a file is. */
const DISGUISES = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** What no file system of a reader may see in a name. */
const FORBIDDEN = /[<>:"|?*\\/]/g;
/** Names that Windows keeps for devices, whatever their extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The name that the sender gave, or one made of the media type and the part's position. It is the name of a file and no
 * path, has nothing invisible in it, and at most 200 characters with its extension.
 */
export function attachmentName(given: string | null | undefined, mediaType: string, position: number): string {
  const name = safeName(given ?? '');
  if (name !== '') {
    return name;
  }
  return (
    NAMES[mediaType] ??
    `attachment-${position}.${EXTENSIONS[mediaType] ?? (mediaType.startsWith('text/') ? 'txt' : 'bin')}`
  );
}

/** A given name as it may be shown and saved; empty when nothing is left of it. */
export function safeName(given: string): string {
  const line = singleLine(bounded(given).replace(DISGUISES, ''));
  const bare = line.slice(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1).replace(FORBIDDEN, '_');
  const name = withoutDots(bare.trim());
  return shortened(DEVICES.test(name) ? `_${name}` : name);
}

/** The names, with those that stand for several made different: `a.pdf`, `a (2).pdf`. */
export function distinctNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    const key = name.toLowerCase();
    let count = counts.get(key) ?? 0;
    let candidate: string;
    do {
      count += 1;
      candidate = count === 1 ? name : numbered(name, count);
    } while (used.has(candidate.toLowerCase()));
    counts.set(key, count);
    used.add(candidate.toLowerCase());
    return candidate;
  });
}

/** A media type that fits a header: lower case, no parameters, never empty. */
export function cleanMediaType(given: string | null | undefined): string {
  const bare = (given ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[!-~]{1,127}\/[!-~]{1,127}$/.test(bare) ? bare : 'application/octet-stream';
}

/** The beginning and the end of an endless name: its extension says what it is. */
function bounded(given: string): string {
  return given.length > 4_000 ? `${beginning(given, 3_900)}${given.slice(-50)}` : given;
}

/** Windows drops dots and blanks at the end: what is shown is then not what is saved. */
function withoutDots(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) {
    end -= 1;
  }
  return name.slice(0, end);
}

function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) {
    return name;
  }
  const extension = extensionOf(name);
  return `${beginning(name, LONGEST_NAME - extension.length)}${extension}`;
}

function numbered(name: string, count: number): string {
  const extension = extensionOf(name);
  return `${name.slice(0, name.length - extension.length)} (${count})${extension}`;
}

/** With its dot; empty when there is none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
}
