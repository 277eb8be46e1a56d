// Runs axe-core in a page and returns what it finds. It decides nothing about which pages to open.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const require = createRequire(import.meta.url);
const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

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

/** Serious and critical findings, and those of the rules `kept`, with their elements. */
export async function axeFindings(page: Page, kept: readonly string[] = []): Promise<string[]> {
  // The page's policy forbids inline scripts, but not the debugger's.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(source);
  const violations: readonly Finding[] = await page.evaluate(
    `axe.run({ exclude: "${FOCUS_GUARDS}" }, { resultTypes: ["violations"] })
      .then(({ violations }) => violations)`,
  );
  return violations
    .filter(({ id, impact }) => kept.includes(id) || impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} (${impact}) ${help}: ${target} ${failureSummary}`,
      ),
    );
}
