import { canonical, type Members, valuesOf } from './said.js';

/** Recordings and texts as they are known now, as one text: another one as soon as anything of them is another thing. */
export function mediaText(media: readonly { readonly id: string; readonly said: Members<object> }[]): string {
  return canonical(media.map(({ id, said }) => [id, valuesOf(said)]));
}
