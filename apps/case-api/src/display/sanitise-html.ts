import sanitize from 'sanitize-html';

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
const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^[a-z]{3,20}$/i, /^rgba?\([\d.,%\s]{1,40}\)$/i];
const LENGTH = [/^-?\d{1,4}(\.\d{1,4})?(px|pt|em|rem|ex|cm|mm|in|%)?$/i, /^(auto|thin|medium|thick|normal|0)$/i];
const LENGTHS = [/^(\d{1,4}(\.\d{1,4})?(px|pt|em|rem|cm|mm|in|%)?\s?){1,4}$/i, /^auto$/i];
const WORD = [/^[a-z-]{2,20}$/i];
const BORDER = [/^(\d{1,2}(\.\d{1,2})?(px|pt)?|none|solid|dashed|dotted|double|#[0-9a-f]{3,8}|[a-z]{3,20}|\s){1,9}$/i];
const EDGES = ['', '-top', '-right', '-bottom', '-left'];

/** Colours, measures and letters; nothing that loads, moves out of its place or covers something else. */
const STYLES: Readonly<Record<string, RegExp[]>> = {
  color: COLOUR,
  'background-color': COLOUR,
  'font-weight': [/^(normal|bold|bolder|lighter|[1-9]00)$/i],
  'font-style': WORD,
  'font-size': LENGTH.concat(/^(xx?-small|small|medium|large|xx?-large|smaller|larger)$/i),
  'font-family': [/^[\w\s,'"-]{1,200}$/],
  'line-height': LENGTH,
  'text-align': WORD,
  'text-decoration': [/^(none|underline|line-through|overline)$/i],
  'text-transform': WORD,
  'vertical-align': WORD,
  'white-space': WORD,
  'border-collapse': WORD,
  ...Object.fromEntries(['width', 'height', 'max-width', 'min-width'].map((name) => [name, LENGTH])),
  ...Object.fromEntries(EDGES.flatMap((edge) => [`margin${edge}`, `padding${edge}`]).map((name) => [name, LENGTHS])),
  ...Object.fromEntries(EDGES.map((edge) => [`border${edge}`, BORDER])),
};

/** Mails nest tables deeply, but no person's mail nests more. */
const DEEPEST = 200;
const EMBEDDED_IMAGE = /^data:image\/(png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]{1,200000}$/i;

/**
 * Makes a mail's HTML safe to put into a page: a list of what may stay, everything else goes.
 * - no scripts, forms, frames, style sheets, ids or classes; of inline styles, colours and measures;
 * - links lead to http, https and mailto only, open apart and tell nothing of us;
 * - images of the mail itself (`cid:`) name their part in `data-attachment`, by SHA-256; those from elsewhere do not
 *   load, their address is kept in `data-blocked-src`.
 *
 * Its cost grows with the HTML, for hostile HTML faster: run it where it can be ended.
 */
export function sanitiseHtml(html: string, partByContentId: Readonly<Record<string, string>>): SanitisedHtml {
  const parts = new Map(Object.entries(partByContentId));
  const shown = new Set<string>();
  let blockedImages = 0;
  const clean = sanitize(html, {
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
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    nestingLimit: DEEPEST,
    transformTags: {
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

type Attributes = Record<string, string>;

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
  const url = parsed(address ?? '');
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
