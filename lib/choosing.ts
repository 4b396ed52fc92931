/** How one setting is chosen: what is given is checked, and refused with what is allowed. */

/** A setting that cannot be: the message names the value and what is allowed. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';

  constructor(name: string, value: unknown, allowed: string) {
    super(`${name}: ${JSON.stringify(value)} is not possible here; allowed: ${allowed}`);
  }
}

/** A text with a form of its own; `allowed` says the form in words. */
export interface TextForm {
  readonly form: RegExp;
  readonly allowed: string;
}

/** @throws InvalidSetting */
export function chooseOne<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new InvalidSetting(name, value, allowed.join(', '));
  return found;
}

/** A number, or text of digits as it comes from a command line; both bounds are allowed. @throws InvalidSetting */
export function chooseNumber(name: string, value: unknown, [least, most]: readonly [number, number]): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new InvalidSetting(name, value, `a whole number from ${least} to ${most}`);
}

/** @throws InvalidSetting */
export function chooseFlag(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new InvalidSetting(name, value, 'true, false');
}

/** @throws InvalidSetting */
export function chooseText(name: string, value: unknown, { form, allowed }: TextForm): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw new InvalidSetting(name, value, allowed);
}
