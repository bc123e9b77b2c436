/** Jest's globalSetup: starts the real parts once per run. Workers find them by the environment, which they inherit. */
import './register-typescript.mjs';

// Jest demands default exports here.
export default async function setUp() {
  const { startRealParts } = await import('./src/start-real-parts.ts');
  globalThis.casewrightRealParts = await startRealParts();
}
