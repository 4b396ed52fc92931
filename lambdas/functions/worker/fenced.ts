/** Another attempt has the job now: this one stops, and leaves everything as it is. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
