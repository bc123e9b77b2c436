/** Jest's globalTeardown: stops what the setup started. */
export default async function tearDown() {
  await globalThis.casewrightRealParts?.stop();
}
