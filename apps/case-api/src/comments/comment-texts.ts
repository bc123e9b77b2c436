import { Inject, Injectable } from '@nestjs/common';
import type { CommentWish } from '#libs/case-domain';
import { SANITISER, type Sanitiser } from '../display/sanitiser.js';
import { ProblemException, unprocessable } from '../http/problem.js';
import { type RawComment, textOfSanitised } from './comment-body.js';

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
    const bodyText = raw.bodyText ?? textOfSanitised(bodyHtml ?? '');
    if (bodyText === '') {
      const detail = 'Nothing of it can be shown: say it in body_text.';
      throw unprocessable([{ pointer: `${pointer}/body_html`, code: 'validation-failed', detail }]);
    }
    return { ...raw, bodyText, bodyHtml };
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
