import { Integer, Many, OneOf, Text, Truth } from '../resources/properties.js';

export const HTML_UNAVAILABLE = ['too_large', 'timeout', 'busy', 'failed', 'gone'] as const;
/** Why HTML cannot be shown; the text can, and the original is kept. */
export type HtmlUnavailable = (typeof HTML_UNAVAILABLE)[number];

export class InlinePartResource {
  @Text({ description: 'Content-ID without angle brackets.', example: 'lamp@customer.example' }) content_id!: string;
  @Text({ description: 'As `data-attachment` of the image names it.' }) sha256!: string;
  @Integer({ description: 'Bytes.', example: 18_230 }) size!: number;
  @Text({ example: 'image/jpeg' }) media_type!: string;
  @Text({ example: 'lamp.jpg' }) name!: string;
}

/** An interaction made safe to be shown. */
export class DisplayResource {
  @Text({ description: 'Plain text.', example: 'My lamp is broken' }) subject!: string;
  @Text({ description: 'Plain text without the quoted history.' }) text!: string;
  @Text({ nullable: true, description: 'The quoted history; null when none was found.' }) quoted_text!: string | null;
  @Truth({ description: 'The text is the beginning of a longer one.' }) text_is_beginning!: boolean;
  @Text({
    nullable: true,
    description:
      'Sanitised: no scripts, forms, styles that load or leave their place, and no images from elsewhere (see `data-blocked-src`). Images of the mail itself name their part in `data-attachment`.',
  })
  html!: string | null;
  @OneOf(HTML_UNAVAILABLE, { nullable: true, description: 'Why there is HTML that is not shown.' })
  html_unavailable!: HtmlUnavailable | null;
  @Integer({ description: 'Images from elsewhere that were kept from loading.', example: 2 }) blocked_images!: number;
  @Many(() => InlinePartResource, { description: 'Parts of the mail that the HTML shows.' })
  inline!: InlinePartResource[];
}
