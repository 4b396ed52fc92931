/** The Big List of Naughty Strings (https://github.com/minimaxir/big-list-of-naughty-strings), of August 2021. */
export { default as NAUGHTY_STRINGS } from './strings.json' with { type: 'json' };
