// When answers to suggestions are sent, while a screen shows them.
import { useEffect } from "react";
import type { Suggestions } from "./suggestions.ts";

/** Answers are sent when the page is left or hidden, and when the network is back. */
export function useSending({ pages, answers, leave }: Suggestions): void {
  useEffect(() => {
    pages.open();
    answers.wake();
    const flush = () => answers.flush();
    const onVisibility = () => document.visibilityState === "hidden" && flush();
    const wake = () => answers.wake();
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("pagehide", flush);
    window.addEventListener("online", wake);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("pagehide", flush);
      window.removeEventListener("online", wake);
      leave();
    };
  }, [pages, answers, leave]);
}
