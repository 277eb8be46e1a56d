// The title of the page, which browsers show in tabs and screen readers say first.
import { createObservable, type Observable } from "@meetinity/client";
import { useEffect } from "react";
import { focusPage } from "./page-focus.ts";

/** As the document has it before any page. */
const NAME = document.title;
const UNREAD_MAX = 99;

let page = "";

interface Unread {
  readonly count: number;
  /** How many messages mention the reader; some of them may not be in the count. */
  readonly mentions: number;
}

const NONE: Unread = { count: 0, mentions: 0 };
const unread = createObservable(NONE);

/** The unread messages, wherever they are shown. */
export const unreadInTitle: Observable<Unread> = unread;

unread.subscribe(show);

function show(): void {
  const name = page === "" ? NAME : `${page} · ${NAME}`;
  const before = countText(unread.getSnapshot());
  document.title = before === "" ? name : `(${before}) ${name}`;
}

function countText({ count, mentions }: Unread): string {
  const shown = count > UNREAD_MAX ? `${UNREAD_MAX}+` : `${count || ""}`;
  return mentions > 0 ? `@${shown}` : shown;
}

/** Empty while the page does not know its title yet. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    show();
    if (title !== "") focusPage();
  }, [title]);
}

/** Puts the unread messages before the title, on every page while this is in it. */
export function useUnreadInTitle(count: number, mentions: number): void {
  useEffect(() => {
    unread.set({ count, mentions });
    return () => unread.set(NONE);
  }, [count, mentions]);
}
