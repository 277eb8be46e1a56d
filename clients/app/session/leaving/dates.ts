// A date with its time, in the reader's language and time zone.
import { useTranslation } from "react-i18next";

/** Null without a date, and for a text that is none. */
export function useLongDate(instant: string | undefined): string | null {
  const { i18n } = useTranslation();
  const ms = Date.parse(instant ?? "");
  if (Number.isNaN(ms)) return null;
  return new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeStyle: "short" }).format(
    ms,
  );
}
