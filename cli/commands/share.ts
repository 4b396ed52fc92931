import type { Share, ShareRequest } from '../../client/index.ts';
import { CliError } from '../exit.ts';
import type { Service } from './jobs.ts';

export interface ShareFlags {
  readonly days?: string | undefined;
  readonly downloads?: string | undefined;
  readonly list?: boolean | undefined;
  readonly revoke?: string | undefined;
}

/** `quire share`: makes a link to a report that anybody can open who has it, lists such links, or ends one. */
export async function shareCommand(
  id: string,
  { days, downloads, list, revoke }: ShareFlags,
  { quire, screen }: Service,
  signal: AbortSignal,
): Promise<void> {
  if ([days, list, revoke].filter((flag) => flag !== undefined).length !== 1) {
    throw new CliError('usage', 'Say one of --days <number>, --list and --revoke <share>.');
  }
  if (list) {
    const shares = await quire.shares(id, { signal });
    if (shares.length === 0 && !screen.json) return screen.note('The report has no such link.');
    return screen.data(shares, shares.map(lineOf).join('\n'));
  }
  if (revoke !== undefined) {
    const existed = await quire.revokeShare(id, revoke, { signal });
    if (!existed) throw new CliError('refused', `The job ${id} has no share ${revoke}.`);
    return screen.note(`The link ${revoke} is ended.`);
  }
  const wanted: ShareRequest = {
    days: whole(days, '--days'),
    ...(downloads === undefined ? {} : { downloads: whole(downloads, '--downloads') }),
  };
  const link = await quire.share(id, wanted, { signal });
  screen.data(link, link.url);
  screen.note(`${lineOf(link)}\nThe link is shown this once: quire share ${id} --revoke ${link.id} ends it.`);
}

function lineOf({ id, expiresAt, downloads: { used, limit } }: Share): string {
  return `${id}  until ${expiresAt}  used ${used}${limit === null ? ' times' : ` of ${limit} times`}`;
}

function whole(text: string | undefined, flag: string): number {
  if (text !== undefined && /^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new CliError('usage', `${flag} takes a whole number from 1, not "${text}".`);
}
