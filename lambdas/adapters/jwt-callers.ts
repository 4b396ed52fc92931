import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { JwtRules } from '../contract.ts';
import type { Caller, Callers } from '../domain/caller.ts';
import { Outage } from '../domain/failures.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { fetchKeys, keysAddress } from './issuer-keys.ts';

/** So long a key that its issuer has taken back is still taken. A key that is new is fetched when it is first met. */
const KEYS_MILLISECONDS = 10 * 60_000;
/** The clocks of two machines. */
const SKEW_SECONDS = 60;

/**
 * Tokens of OpenID issuers, by aws-jwt-verify: signature (RS, ES, EdDSA; never `none` or a shared secret), issuer,
 * audience, `exp` and `nbf`. What it leaves to others is checked here: that there is an end, that the token was not
 * issued in the future, and that it names a tenant.
 */
export class JwtCallers implements Callers {
  readonly #rules: JwtRules;
  readonly #clock: Clock;
  readonly #log: Log;
  #verifier: ReturnType<typeof verifierOf>;
  #freshUntil: number;

  constructor(rules: JwtRules, clock: Clock, log: Log) {
    this.#rules = rules;
    this.#clock = clock;
    this.#log = log;
    this.#verifier = verifierOf(rules);
    this.#freshUntil = clock.now() + KEYS_MILLISECONDS;
  }

  async identify(token: string): Promise<Caller | undefined> {
    await this.#refresh();
    try {
      return callerOf(await this.#verifier.verify(token), this.#rules, this.#clock.now() / 1000);
    } catch (cause) {
      if (cause instanceof FetchError) throw new Outage('The keys of an issuer cannot be had.', { cause });
      if (!(cause instanceof JwtBaseError)) throw cause;
      // Its message may quote the token; its name tells enough.
      this.#log.info('token refused', { reason: cause.name });
      return undefined;
    }
  }

  /** Keys are refreshed now and then; while an issuer cannot be reached, the known ones remain valid. */
  async #refresh(): Promise<void> {
    const now = this.#clock.now();
    if (now < this.#freshUntil) return;
    this.#freshUntil = now + KEYS_MILLISECONDS;
    const fresh = verifierOf(this.#rules);
    try {
      await fresh.hydrate();
      this.#verifier = fresh;
    } catch (cause) {
      this.#log.error('keys not refreshed', {}, cause);
    }
  }
}

/** Thrown for what the library does not check. */
class TokenRefused extends JwtBaseError {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

function verifierOf({ issuers }: JwtRules) {
  const each = issuers.map(({ issuer, audience }) => ({
    issuer,
    audience,
    graceSeconds: SKEW_SECONDS,
    jwksUri: keysAddress(issuer),
  }));
  return JwtVerifier.create(each, { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) });
}

/** @param now epoch seconds */
function callerOf(claims: JwtPayload, { tenantClaim }: JwtRules, now: number): Caller {
  const { iss, exp, iat, [tenantClaim]: tenant } = claims;
  if (typeof exp !== 'number') throw new TokenRefused('NoExpiry');
  if (iat !== undefined && (typeof iat !== 'number' || iat > now + SKEW_SECONDS))
    throw new TokenRefused('IssuedInTheFuture');
  if (typeof tenant !== 'string' || tenant === '') throw new TokenRefused('NoTenant');
  return { tenant: `${iss} ${tenant}`, scopes: scopesOf(claims) };
}

/** RFC 8693 writes `scope` with blanks between; some issuers write a list into `scp`. */
function scopesOf({ scope, scp }: JwtPayload): ReadonlySet<string> {
  const lists = [scope, scp].map((each) => (typeof each === 'string' ? each.split(' ') : each));
  return new Set(lists.flatMap((each) => (Array.isArray(each) ? each.map(String) : [])));
}
