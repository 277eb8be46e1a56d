// Kinds of mails: the shape of what each one tells, and how it is written in each language. Links
// begin with PUBLIC_URL and nothing else.
import type { z } from "zod";
import { MAIL_LANGUAGES, type MailContent, type MailLanguage } from "#kit/mail/layout";

export interface Links {
  /** A link of ours; `params` become its query. */
  to(path: string, params?: Readonly<Record<string, string>>): string;
}

/** Links below an origin. */
export function linksOf(publicUrl: string): Links {
  return {
    to(path, params = {}) {
      const url = new URL(path, publicUrl);
      if (url.origin !== new URL(publicUrl).origin) throw new Error("A link left our own origin.");
      for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
      return url.href;
    },
  };
}

/** The recipient of a mail, as far as its text needs it. */
export interface Reader {
  readonly displayName: string;
}

type Writes<Params> = Readonly<
  Record<MailLanguage, (params: Params, links: Links, reader: Reader) => MailContent>
>;

export interface MailKind<Params extends z.ZodType = z.ZodType> {
  /** Stored: never rename it. */
  readonly name: string;
  readonly params: Params;
  write(params: unknown, language: MailLanguage, links: Links, reader: Reader): MailContent;
}

export function mailKind<Params extends z.ZodType>(
  name: string,
  params: Params,
  writes: Writes<z.output<Params>>,
): MailKind<Params> {
  return {
    name,
    params,
    write: (given, language, links, reader) => writes[language](params.parse(given), links, reader),
  };
}

/** The first of a person's languages in which we write, or English. */
export function mailLanguageOf(languages: readonly string[]): MailLanguage {
  const known = languages.map((tag) => tag.toLowerCase().split("-")[0]);
  for (const tag of known) {
    const found = MAIL_LANGUAGES.find((language) => language === tag);
    if (found) return found;
  }
  return "en";
}
