/** Our own store failed: nothing that the other side has to do with. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
}
