// The screens as people meet them: by roles and names, in English.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Person } from "../kit/stories.ts";
import type { Site } from "./site.ts";
import { SOON } from "./stage.ts";

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name, exact: true });

export const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

export const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

export const link = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole("link", { name, exact: true });

export async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value);
}

/** Opens the menu of the page and chooses an item. */
export async function choose(page: Page, name: string, role: "menuitem" | "menuitemradio") {
  await button(page, /^Menu$/).click();
  await page.getByRole(role, { name, exact: true }).click();
}

/** Opens the page of signing in and signs in. `shows` is the heading that follows. */
export async function signIn(
  page: Page,
  site: Pick<Site, "url">,
  { email, password }: Pick<Person, "email" | "password">,
  { path = "", shows = "Conversations" as string | RegExp } = {},
): Promise<void> {
  await page.goto(site.url(path));
  await heading(page, "Sign in").waitFor();
  await fill(page, { "Email address": email, Password: password });
  await button(page, "Sign in").click();
  await heading(page, shows).waitFor();
}

/** The text that belongs to a field for readers and for assistive technology. */
async function describedAs(input: Locator): Promise<string> {
  return input.evaluate((node) =>
    (node.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id: string) => node.ownerDocument.getElementById(id)?.textContent ?? "")
      .join(" "),
  );
}

/** Waits until a field is invalid and its description says so. */
export async function expectViolation(input: Locator, text: string): Promise<void> {
  await expect.poll(() => input.getAttribute("aria-invalid"), SOON).toBe("true");
  await expect.poll(() => describedAs(input), SOON).toContain(text);
}
