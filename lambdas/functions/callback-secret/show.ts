import type { CallbackKeysView } from '../../domain/answers.ts';
import type { CallbackSecrets } from '../../domain/callback.ts';
import { callbackKeys } from '../../domain/callback-signature.ts';

/** What the tenant's receivers verify with; after a rotation, for a day, also what they verified with before. */
export async function show(tenant: string, secrets: CallbackSecrets): Promise<CallbackKeysView> {
  const [current, previous] = (await secrets.masters()).map((master) => callbackKeys(master, tenant));
  if (current === undefined) throw new Error('There is no master secret of callbacks.');
  return { ...current, previous: previous ?? null };
}
