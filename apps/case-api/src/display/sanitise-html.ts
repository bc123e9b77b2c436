import sanitize from 'sanitize-html';
import { allowedStyle } from './inline-style.js';

/** HTML as a mail brought it. */
export interface SanitiseRequest {
  readonly html: string;
  /** SHA-256 of the mail's parts by the Content-ID that its HTML may name them with. */
  readonly partByContentId: Readonly<Record<string, string>>;
}

/** What a mail's HTML becomes before anybody sees it. */
export interface SanitisedHtml {
  readonly html: string;
  /** Images from elsewhere that were kept from loading: each would tell its sender who reads, and when. */
  readonly blockedImages: number;
  /** SHA-256 of the parts of the mail that the HTML shows. */
  readonly shownParts: readonly string[];
}

const BLOCKS =
  'address article aside blockquote center dd div dl dt figure figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section ul';
const WORDS =
  'a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup tt u var wbr';
const TABLES = 'caption col colgroup table tbody td tfoot th thead tr';
/** What is left out with everything inside of it. */
const DROPPED = [
  'script style textarea option select button xmp noscript noembed noframes plaintext title template iframe object embed',
  'applet svg math audio video canvas dialog portal frameset marquee',
].join(' ');

const LAYOUT = [
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'border',
  'cellpadding',
  'cellspacing',
  'dir',
  'lang',
  'title',
];
/** Mails nest tables deeply, but no person's mail nests more. */
const DEEPEST = 200;
/** Elements that are open at once; the parser moves all of them for each further one, minutes for a megabyte of `<b>`. */
const MOST_OPEN = 1_000;
/** Characters; browsers and servers take no longer ones. */
const LONGEST_ADDRESS = 16_384;
/** Tags and entities, each of which costs the same; a person's 2 MB have half of it. */
const MOST_MARKUP = 200_000;
const EMBEDDED_IMAGE = /^data:image\/(png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]{1,200000}$/i;

const WHAT_MAY_STAY: sanitize.IOptions = {
  allowedTags: [BLOCKS, WORDS, TABLES].join(' ').split(' '),
  nonTextTags: DROPPED.split(' '),
  allowedAttributes: {
    '*': [...LAYOUT, 'style'],
    a: ['href', 'rel', 'target'],
    img: ['src', 'alt', 'data-attachment', 'data-blocked-src'],
    font: ['color', 'size', 'face'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    col: ['span'],
    colgroup: ['span'],
  },
  // The library's own way is a parser of whole style sheets, which foreign text holds up for seconds: `allowedStyle` instead.
  parseStyleAttributes: false,
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  nestingLimit: DEEPEST,
};

/**
 * Makes a mail's HTML safe to put into a page: a list of what may stay, everything else goes.
 * - no scripts, forms, frames, style sheets, ids or classes; of inline styles, colours and measures;
 * - links lead to http, https and mailto only, open apart and tell nothing of us;
 * - images of the mail itself (`cid:`) name their part in `data-attachment`, by SHA-256; those from elsewhere do not
 *   load, their address is kept in `data-blocked-src`.
 *
 * Its cost grows with the HTML and not faster, as far as we know: run it where it can be ended. Throws when it has far more
 * tags, or far more of them open at once, than anybody writes.
 */
export function sanitiseHtml(html: string, partByContentId: Readonly<Record<string, string>>): SanitisedHtml {
  if (countOf('<', html) + countOf('&', html) > MOST_MARKUP) {
    throw new Error(`more than ${MOST_MARKUP} tags and entities`);
  }
  const parts = new Map(Object.entries(partByContentId));
  const shown = new Set<string>();
  let blockedImages = 0;
  const clean = sanitize(html, {
    ...WHAT_MAY_STAY,
    ...refusingTheDeep(),
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: styledAsAllowed(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: linkOf(attribs) }),
      img: (tagName, attribs) => {
        const image = imageOf(attribs, parts);
        blockedImages += image['data-blocked-src'] === undefined ? 0 : 1;
        shown.add(image['data-attachment'] ?? '');
        return { tagName, attribs: image };
      },
    },
  });
  shown.delete('');
  return { html: clean, blockedImages, shownParts: [...shown] };
}
/** What the thread of the `Sanitiser` runs. */
export function openThread(): (request: SanitiseRequest) => SanitisedHtml {
  return ({ html, partByContentId }) => sanitiseHtml(html, partByContentId);
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    count += 1;
  }
  return count;
}

function refusingTheDeep(): Pick<sanitize.IOptions, 'onOpenTag' | 'onCloseTag'> {
  let open = 0;
  return {
    onOpenTag: () => {
      open += 1;
      if (open > MOST_OPEN) {
        throw new Error(`more than ${MOST_OPEN} elements are open at once`);
      }
    },
    onCloseTag: () => {
      open -= 1;
    },
  };
}

type Attributes = Record<string, string>;

function styledAsAllowed({ style, ...others }: Attributes): Attributes {
  return style === undefined ? others : { ...others, ...given('style', allowedStyle(style) || undefined) };
}

function linkOf({ href, title, style }: Attributes): Attributes {
  const kept = { ...given('title', title), ...given('style', style) };
  const target = absolute(href);
  return target === null ? kept : { ...kept, href: target, rel: 'noopener noreferrer nofollow', target: '_blank' };
}

function imageOf(attribs: Attributes, parts: ReadonlyMap<string, string>): Attributes {
  const { src = '', alt, title, width, height, style, align } = attribs;
  const named = { alt, title, width, height, style, align };
  const kept = Object.assign({}, ...Object.entries(named).map(([name, value]) => given(name, value))) as Attributes;
  const source = src.trim();
  if (/^cid:/i.test(source)) {
    return { ...kept, ...given('data-attachment', parts.get(contentIdOf(source))) };
  }
  if (EMBEDDED_IMAGE.test(source)) {
    return { ...kept, src: source };
  }
  const remote = absolute(source.startsWith('//') ? `https:${source}` : source);
  return remote === null || !/^https?:/i.test(remote) ? kept : { ...kept, 'data-blocked-src': remote };
}

function given(name: string, value: string | undefined): Attributes {
  return value === undefined ? {} : { [name]: value };
}

function contentIdOf(source: string): string {
  const encoded = source.slice('cid:'.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** An address that says itself where it leads, in its one spelling; a mail has no place that others could be relative to. */
function absolute(address: string | undefined): string | null {
  const url = (address ?? '').length > LONGEST_ADDRESS ? null : parsed(address ?? '');
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
