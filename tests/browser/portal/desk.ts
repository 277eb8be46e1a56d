// The portal as people at a desk use it: signing in, and rows of tables.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Person } from "../../kit/stories.ts";
import { signIn } from "../screens.ts";
import type { Site } from "../site.ts";
import { SOON } from "../stage.ts";

/** Signs in to the portal and opens a page of it. `shows` is its heading. */
export async function atDesk(
  page: Page,
  { portal }: Site,
  person: Person,
  path: string,
  shows: string,
): Promise<void> {
  await signIn(page, portal, person, { path, shows });
}

/** The row of a table that shows this text. */
export const row = (page: Page, text: string | RegExp): Locator =>
  page.getByRole("row").filter({ hasText: text });

/** Waits until a button of the open question is pressed and the question is gone. */
export async function confirm(page: Page, name: string): Promise<void> {
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name, exact: true }).click();
  await expect.poll(() => question.count(), SOON).toBe(0);
}
