import { Inject, Injectable } from '@nestjs/common';
import type { CommentTexts as DomainTexts, CommentWish } from '#libs/case-domain';
import type { Values } from '../body/field.js';
import { SANITISER, type Sanitiser } from '../display/sanitiser.js';
import { ProblemException, unprocessable } from '../http/problem.js';
import { type COMMENT_PATCH, type RawComment, textOfSanitised } from './comment-body.js';

/** Makes of what was sent what is kept: HTML is sanitised before anybody stores it. */
@Injectable()
export class CommentTexts {
  constructor(@Inject(SANITISER) private readonly sanitiser: Sanitiser) {}

  /**
   * `pointer`: where the comment stands in the body. Throws 422 for HTML that cannot be read in time, and 503 while too
   * many wait.
   */
  async wishOf(raw: RawComment, pointer: string): Promise<CommentWish> {
    const bodyHtml = raw.bodyHtml === null ? null : await this.sanitised(raw.bodyHtml, pointer);
    return { ...raw, bodyText: raw.bodyText ?? shownText(bodyHtml ?? '', pointer), bodyHtml };
  }

  /** What of a comment is to change. Throws as `wishOf` does. */
  async textsOf({
    title,
    body_text: text,
    body_html: html,
  }: Values<typeof COMMENT_PATCH>): Promise<Partial<DomainTexts>> {
    const bodyHtml = html === undefined || html === null ? html : await this.sanitised(html, '');
    const bodyText = typeof bodyHtml === 'string' ? (text ?? shownText(bodyHtml, '')) : text;
    return {
      ...(title === undefined ? {} : { title }),
      ...(bodyText === undefined ? {} : { bodyText }),
      ...(bodyHtml === undefined ? {} : { bodyHtml }),
    };
  }

  private async sanitised(html: string, pointer: string): Promise<string> {
    const result = await this.sanitiser.sanitise({ html, partByContentId: {} });
    if (result.ok) {
      return result.sanitised.html;
    }
    if (result.reason === 'busy') {
      const detail = 'Too much HTML waits to be read: ask again.';
      throw new ProblemException({ code: 'temporarily-unavailable', detail, headers: { 'retry-after': '1' } });
    }
    const detail = 'The HTML cannot be read: say it in body_text.';
    throw unprocessable([{ pointer: `${pointer}/body_html`, code: 'validation-failed', detail }]);
  }
}

/** What HTML says; 422 when that is nothing. */
function shownText(html: string, pointer: string): string {
  const text = textOfSanitised(html);
  if (text === '') {
    const detail = 'Nothing of it can be shown: say it in body_text.';
    throw unprocessable([{ pointer: `${pointer}/body_html`, code: 'validation-failed', detail }]);
  }
  return text;
}
