/** Something on this machine stands in the way. The message is one sentence and says what to do; no stack is shown. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
