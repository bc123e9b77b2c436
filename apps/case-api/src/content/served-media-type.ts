const TOKEN = "[a-z0-9!#$&^_.+'*`|~-]+";
const ESSENCE = new RegExp(`^(${TOKEN}/${TOKEN})\\s*(?:;|$)`);
const CHARSET = /;\s*charset="?([a-z0-9_.:+-]{1,40})"?\s*(?:;|$)/;

/** A list of what is harmless rather than of what is not: browsers learn new tricks, and old ones had many. */
const HARMLESS =
  /^(?:(?:image|audio|video)\/.*|text\/(?:plain|csv|calendar)|message\/rfc822|application\/(?:pdf|json|zip|gzip|rtf|msword|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:excel|powerpoint|outlook))[a-z0-9.-]*))$/;
/** SVG among the images, and whatever else is XML, may carry scripts. */
const MAY_CARRY_SCRIPTS = /xml|svg|html|script/;

/**
 * The media type that content is sent with: its own when no browser would run it, else `application/octet-stream`. The
 * header protects by itself only a page that navigates to the content; a program that makes a `Blob` of what it fetched
 * would give HTML its own origin.
 */
export function servedMediaType(mediaType: string): string {
  const told = mediaType.trim().toLowerCase();
  const essence = ESSENCE.exec(told)?.[1] ?? '';
  // An office document is called …openxmlformats…, which is a container of its own and not XML to a browser.
  if (!HARMLESS.test(essence) || MAY_CARRY_SCRIPTS.test(essence.replace('openxmlformats', ''))) {
    return 'application/octet-stream';
  }
  const charset = essence.startsWith('text/') ? CHARSET.exec(told)?.[1] : undefined;
  return charset === undefined ? essence : `${essence}; charset=${charset}`;
}
