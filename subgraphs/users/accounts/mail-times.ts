// Instants as mails write them: in UTC, because a mail does not know where it is read.
import type { MailLanguage } from "#kit/mail/layout";

const LOCALES: Readonly<Record<MailLanguage, string>> = { en: "en-GB", fr: "fr-FR" };

/** Such as `30 November 2026 at 12:00 UTC`. Takes an instant in ISO 8601. */
export function whenOf(at: string, language: MailLanguage): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: "long",
    timeStyle: "long",
    timeZone: "UTC",
  })
    .format(new Date(at))
    .replace(/:\d\d(?= UTC)/, "");
}
