// Names of languages as a reader calls them. A tag that nobody knows stays as it is.

/** As in a sentence: French has small letters. */
export function languageNamer(locale: string): (tag: string) => string {
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return (tag) => names.of(tag) ?? tag;
}

/** With a capital letter, as an item of a list. */
export function languageLister(locale: string): (tag: string) => string {
  const nameOf = languageNamer(locale);
  return (tag) => {
    const name = nameOf(tag);
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  };
}
