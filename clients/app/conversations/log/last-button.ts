// The button beside a message from which a layer was opened, and to which the focus goes back.

/** The last one that is seen: on a phone the quick reaction is not. */
export function lastButtonIn(anchor: Element | null): HTMLElement | null {
  const buttons = [...(anchor?.querySelectorAll("button") ?? [])];
  return buttons.findLast((button) => button.offsetParent !== null) ?? null;
}
