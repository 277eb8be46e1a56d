// The person who reads dates: their language, and their present day, which changes at midnight.
import { useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { type DateReader, dayNumber } from "./dates.ts";

/** The same object until the language or the day changes. */
export function useDateReader(): DateReader {
  const { i18n } = useTranslation();
  const now = useSyncExternalStore(onNewDay, momentOfToday);
  return useMemo(() => ({ locale: localeOf(i18n.language), now }), [i18n.language, now]);
}

/** The browser's own variant of the language, such as `en-GB`, whose times look different. */
function localeOf(language: string): string {
  return navigator.languages.find((each) => each.split("-")[0] === language) ?? language;
}

let moment = new Date();

/** The same moment until the day changes. */
function momentOfToday(): Date {
  const now = new Date();
  if (dayNumber(now) !== dayNumber(moment)) moment = now;
  return moment;
}

const CHECK_MS = 30_000;

/** Timers stand still while a device sleeps, so that the page looks again when it is shown. */
function onNewDay(listener: () => void): () => void {
  const timer = setInterval(listener, CHECK_MS);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}
