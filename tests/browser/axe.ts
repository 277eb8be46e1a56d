// Runs axe-core in a page: nothing serious or critical, and no page without its landmarks.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { DESK, PHONE } from "./stage.ts";

const require = createRequire(import.meta.url);
const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Rules that axe finds less than serious, and that these screens keep all the same. */
const KEPT = ["page-has-heading-one", "landmark-one-main", "landmark-unique"];

/** At the ends of a menu or dialog: they pass the focus on, and never keep it. */
const FOCUS_GUARDS = "[data-base-ui-focus-guard]";

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly {
    readonly target: readonly string[];
    readonly failureSummary: string;
  }[];
}

/** Each finding with the elements that it is about. */
async function findings(page: Page): Promise<string[]> {
  // The page's policy forbids inline scripts, but not the debugger's.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(source);
  const violations: readonly Finding[] = await page.evaluate(
    `axe.run({ exclude: "${FOCUS_GUARDS}" }, { resultTypes: ["violations"] })
      .then(({ violations }) => violations)`,
  );
  return violations
    .filter(({ id, impact }) => KEPT.includes(id) || impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} (${impact}) ${help}: ${target} ${failureSummary}`,
      ),
    );
}

/** Checks what the page shows at both sizes and in both themes. `screen` names it in a failure. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const found: string[] = [];
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const where = `${screen}, ${size.width} px, ${colorScheme}`;
      found.push(...(await findings(page)).map((each) => `${where}: ${each}`));
    }
  }
  expect(found).toEqual([]);
}
