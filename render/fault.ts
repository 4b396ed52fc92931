/** What was given cannot become a report: the message names the place. */
export class RenderFault extends Error {
  override readonly name = 'RenderFault';
}
