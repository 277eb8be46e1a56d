// Whether somebody looks at this window.

export function isReaderThere(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}
