// Walks a page with the Tab key, and finds what a person without a mouse could not reach or see.
import type { Page } from "playwright-core";

/** More stops than any screen has. */
const STOPS_MAX = 150;

/**
 * In the page: marks everything that can be operated and is seen, one mark for a group of radios.
 * A group that moves by arrow keys has one element with a tabindex of 0, the others have -1.
 */
const MARK = `(() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex]";
  const seen = new Set();
  const stops = [...document.querySelectorAll(all)].filter((node) => {
    if (node.tabIndex < 0 || node.disabled || node.closest("[inert], [aria-hidden=true]")) return false;
    if (node.hasAttribute("data-base-ui-focus-guard")) return false;
    if (!node.checkVisibility({ visibilityProperty: true })) return false;
    if (node.type !== "radio") return true;
    const group = node.form?.id + " " + node.name;
    return !seen.has(group) && seen.add(group);
  });
  stops.forEach((node, at) => node.setAttribute("data-stop", at));
  return stops.length;
})()`;

/**
 * In the page: the element that has the focus, and whether it looks otherwise than without it. The
 * look of those around it counts, because some fields are framed by what they are in, and that of
 * what lies over a row.
 */
const STOP = `(() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const around = [node, node.parentElement, node.parentElement?.parentElement].filter(Boolean);
  const look = () =>
    [null, "::after"].flatMap((part) =>
      around.map((each) => {
        const style = getComputedStyle(each, part);
        return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.clipPath];
      }),
    ).join();
  const focused = look();
  node.blur();
  const isVisible = look() !== focused;
  node.focus({ preventScroll: true, focusVisible: true });
  const group = node.type === "radio" &&
    document.querySelector('input[type=radio][name="' + node.name + '"][data-stop]');
  return {
    mark: (group || node).getAttribute("data-stop"),
    isVisible,
    name: node.outerHTML.slice(0, 120),
  };
})()`;

interface Stop {
  readonly mark: string | null;
  readonly isVisible: boolean;
  readonly name: string;
}

/** The faults, in words; empty when each thing is reached and seen. */
export async function faultsOfWalk(page: Page): Promise<string[]> {
  const count: number = await page.evaluate(MARK);
  await page.evaluate("document.activeElement?.blur()");
  const faults: string[] = [];
  const reached = new Set<string>();
  let ends = 0;
  for (let stops = 0; stops < STOPS_MAX && reached.size < count; stops += 1) {
    await page.keyboard.press("Tab");
    const stop: Stop | null = await page.evaluate(STOP);
    // The end of the page, where the browser's own bar comes. The walk may begin anywhere.
    if (stop === null && ends > 1) break;
    if (stop === null) {
      ends += 1;
      continue;
    }
    if (!stop.isVisible) faults.push(`the focus is not seen: ${stop.name}`);
    if (stop.mark !== null) reached.add(stop.mark);
  }
  const missed: string[] = await page.evaluate(
    `[...document.querySelectorAll("[data-stop]")]
      .filter((node) => !${JSON.stringify([...reached])}.includes(node.getAttribute("data-stop")))
      .map((node) => node.outerHTML.slice(0, 120))`,
  );
  return [...faults, ...missed.map((each) => `not reached: ${each}`)];
}
