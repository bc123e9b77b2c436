/** `node --import libs/testing/register-typescript.mjs file.ts` runs the sources without a build. */
import { register } from 'node:module';

register('./typescript-loader.mjs', import.meta.url);
