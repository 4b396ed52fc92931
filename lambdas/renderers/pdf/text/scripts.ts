/**
 * Characters that cannot be set one by one: scripts that join, reorder or stack, anything written from right to left,
 * marks that sit on the letter before, controls and invisible format characters, and what a text is cleaned of.
 */
const LAYOUT =
  /[\p{M}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\p{Bidi_Control}\ufffe\uffff]|[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1aff\u1b00-\u1c7f\u1cd0-\u1cff\ua840-\ua87f\ua880-\ua8ff\ua900-\uaaff\uabc0-\uabff\ud7b0-\ud7ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{11000}-\u{11fff}\u{16100}-\u{16bff}\u{1e000}-\u{1efff}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u;

export function needsLayout(codePoint: number): boolean {
  return codePoint < 0x20 || (codePoint > 0x7e && LAYOUT.test(String.fromCodePoint(codePoint)));
}
