// The languages that are offered: those that most people at meetups may speak. A profile may have
// others too.

export const LANGUAGES = (
  "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu ha he hi hr hu hy " +
  "id ig is it ja ka kk km kn ko ky lb lo lt lv mg mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru " +
  "rw si sk sl so sq sr sv sw ta te th ti tl tr uk ur uz vi wo xh yo yue zh zu"
).split(" ");

/**
 * The languages whose name in the reader's language, or in itself, has a word that begins so; in
 * the order of their names, those of the browser first.
 */
export function findLanguages(
  search: string,
  locale: string,
  preferred: readonly string[],
): string[] {
  const collator = new Intl.Collator(locale, { sensitivity: "base" });
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const nameOf = (tag: string) => names.of(tag) ?? tag;
  const wanted = search.trim();
  const begins = (name: string) =>
    name.split(/[\s(-]+/).some((word) => {
      const start = Array.from(word).slice(0, Array.from(wanted).length).join("");
      return collator.compare(start, wanted) === 0;
    });
  const own = preferred.map((tag) => tag.split("-")[0] ?? "");
  const rank = (tag: string) => (own.includes(tag) ? own.indexOf(tag) : own.length);
  return LANGUAGES.filter((tag) => [nameOf(tag), ownNameOf(tag)].some(begins)).sort(
    (one, other) => rank(one) - rank(other) || collator.compare(nameOf(one), nameOf(other)),
  );
}

/** As its speakers call it. */
function ownNameOf(tag: string): string {
  return new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
}
