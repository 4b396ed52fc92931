/** The caller that a valid token identifies. */
export interface Caller {
  /**
   * The issuer and what it calls the tenant, so that two issuers that use one name do not share its reports. A blank keeps
   * them apart: no issuer has one.
   */
  readonly tenant: string;
  readonly scopes: ReadonlySet<string>;
}

/** Identifies the caller. */
export interface Callers {
  /**
   * `undefined` for a token that is not valid, whatever is wrong with it.
   * @throws Outage where the issuer's keys cannot be had, so that nothing can be said
   */
  identify(token: string): Promise<Caller | undefined>;
}
