// The title of the page, which browsers show in tabs and screen readers say first.
import type { Observable } from "@meetinity/client";
import { useEffect } from "react";
import { focusPage } from "./page-focus.ts";

/** As the document has it before any page. */
const NAME = document.title;
const UNREAD_MAX = 99;

let page = "";
let unread = 0;

const listeners = new Set<() => void>();

/** The number of unread messages, wherever it is shown. */
export const unreadInTitle: Observable<number> = {
  getSnapshot: () => unread,
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function setUnread(count: number): void {
  unread = count;
  show();
  for (const listener of listeners) listener();
}

function show(): void {
  const count = unread > UNREAD_MAX ? `${UNREAD_MAX}+` : unread;
  const name = page === "" ? NAME : `${page} · ${NAME}`;
  document.title = unread > 0 ? `(${count}) ${name}` : name;
}

/** Empty while the page does not know its title yet. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    show();
    if (title !== "") focusPage();
  }, [title]);
}

/** Puts the number of unread messages before the title, on every page while this is in it. */
export function useUnreadInTitle(count: number): void {
  useEffect(() => {
    setUnread(count);
    return () => setUnread(0);
  }, [count]);
}
