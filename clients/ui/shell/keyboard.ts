// Some phones lay their keyboard over the page (Safari, which ignores `interactive-widget`). There
// the page is made as high as the part that can be seen, so that a text field at its end is in it.

/** Less than this is a toolbar of the browser. */
const KEYBOARD_PX = 120;

export function makeRoomForKeyboard(): void {
  const visible = window.visualViewport;
  visible?.addEventListener("resize", () => {
    const { style } = document.documentElement;
    const isCovered = visible.scale === 1 && window.innerHeight - visible.height > KEYBOARD_PX;
    if (!isCovered) {
      style.removeProperty("--visible-height");
      return;
    }
    style.setProperty("--visible-height", `${visible.height}px`);
    // The browser has moved the page to show the field where it was before.
    window.scrollTo(0, 0);
  });
}
