// Turning two-step sign-in on, as people do it, in English.
import type { Page } from "playwright-core";
import { codeAt } from "../kit/authenticator.ts";
import { button } from "./screens.ts";

/** On a page with its section. Returns the recovery codes. */
export async function turnOn(page: Page): Promise<readonly string[]> {
  const section = page.getByRole("region", { name: "Two-step sign-in" });
  await button(section, "Turn on").click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  const secret = await section.locator("code").first().textContent();
  const code = codeAt((secret ?? "").replaceAll(" ", ""), new Date());
  await section.getByLabel("Code", { exact: true }).fill(code);
  await button(section, "Confirm").click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const codes = await page.locator("ol code").allTextContents();
  await page.getByLabel("I have kept these codes.").check();
  await button(page, "Done").click();
  await page.getByText("10 recovery codes are left.").waitFor();
  return codes;
}
