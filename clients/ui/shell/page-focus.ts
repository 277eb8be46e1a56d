// Tells people that a page has come in place of another one: those who do not see it must hear of
// it, and keyboards must go on from its beginning. The browser does that only for whole documents.

const SETTLED_MS = 150;

let isDue = false;

let announcer: Element | null = null;

/** A live region, for pages that do not begin at their heading. */
export function announceIn(element: Element | null): void {
  announcer = element;
}

/** A page is on its way. */
export function expectPage(): void {
  isDue = true;
}

/** Gives the focus to the heading of the page, once for each page, as soon as there is one. */
export function focusPage(): void {
  if (!isDue) return;
  // A page may begin in a text field of its own.
  const isWriting = document.activeElement?.matches("main :is(input, textarea)") ?? false;
  const heading = document.querySelector<HTMLElement>("main h1");
  if (isWriting || heading) isDue = false;
  // The announcement of an earlier page goes: it may be the name of somebody who has signed out.
  if (isWriting || heading) announcer?.replaceChildren(isWriting ? document.title : "");
  if (isWriting || !heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  // A dialog that went with the old page gives the focus back afterwards, to nothing.
  setTimeout(() => {
    if (document.activeElement === document.body) heading.focus({ preventScroll: true });
  }, SETTLED_MS);
}
