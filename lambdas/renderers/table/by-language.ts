/** Words by language, or by language and script where a language has several: `sr-Latn`. */
export type ByLanguage<T> = Readonly<Record<string, T>>;

/** Languages whose words are those of another one where they have none of their own. */
const PARENTS: Readonly<Record<string, string>> = { no: 'nb', yue: 'zh' };

/**
 * The words of a locale's language in its script; `undefined` where there are none, as for a language written in a
 * script that its words are not.
 * @param locale BCP 47
 */
export function byLanguage<T>(words: ByLanguage<T>, locale: string): T | undefined {
  const { language, script = '' } = new Intl.Locale(locale).maximize();
  for (const name of [language, PARENTS[language] ?? language]) {
    const found = words[`${name}-${script}`] ?? (isScriptOf(name, script) ? words[name] : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isScriptOf(language: string, script: string): boolean {
  return new Intl.Locale(language).maximize().script === script;
}
