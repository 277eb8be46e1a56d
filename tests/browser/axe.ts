// Checks pages with axe: nothing serious or critical, and no page without its landmarks.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { axeFindings } from "./axe-findings.ts";
import { DESK, PHONE } from "./stage.ts";

/** Rules that axe finds less than serious, and that these screens keep all the same. */
const KEPT = ["page-has-heading-one", "landmark-one-main", "landmark-unique"] as const;

/**
 * Checks what the page shows at each size, by default at both, and in both themes. `screen` names
 * it in a failure.
 */
export async function expectAccessible(
  page: Page,
  screen: string,
  sizes: readonly (typeof PHONE | typeof DESK)[] = [PHONE, DESK],
): Promise<void> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const where = `${screen}, ${size.width} px, ${colorScheme}`;
      found.push(...(await axeFindings(page, KEPT)).map((each) => `${where}: ${each}`));
    }
  }
  expect(found).toEqual([]);
}
