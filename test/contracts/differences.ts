/**
 * Where a server is known to differ from AWS, by its name and the title of the test, with the reason. These tests are
 * expected to fail: one that passes turns the run red, and its line has to go.
 */
export const DIFFERENCES: { readonly [server: string]: { readonly [title: string]: string } } = {
  ElasticMQ: {
    'does not mind a second deletion': 'it says that the receipt handle is not valid; nothing of ours deletes twice',
    'takes no return of a message that is visible again': 'it changes the visibility of what nobody has received',
  },
  LocalStack: {
    'publishes one of ten reports of three parts that are committed at once':
      'it lets every conditional completion through; AWS lets the first one that finishes (userguide/conditional-writes.html)',
    'takes no return of a message that is visible again':
      'it changes the visibility of what nobody holds; AWS answers MessageNotInflight (API_ChangeMessageVisibility.html)',
    'takes no return from a receiver whose message somebody else has received since':
      'it takes an old receipt handle; on AWS only the newest one counts (sqs-queue-message-identifiers.html)',
  },
  MiniStack: {
    'that touches an attribute twice is an error': 'it applies both clauses, one after the other',
    'does not mind a second deletion': 'it says that the receipt handle is not valid; nothing of ours deletes twice',
    'takes no return of a message that is visible again': 'it changes the visibility of what nobody has received',
    'refuses a message group with a space in it, or of more than 128 characters': 'it takes any text',
  },
};
