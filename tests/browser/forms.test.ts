// Guarantees about every form of both apps: a refused attempt does not stand in the way of the next
// one, and the focus goes to the first field with an error.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { button, expectViolation, field, fill, heading } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("an error at one field can be mended in another one", async ({ visitor }) => {
  const { page } = await visitor("xaver");
  await page.goto(site().url("sign-up"));
  await fill(page, { Name: "Xaverine Quandt", "Email address": `${randomUUID()}@meetinity.test` });
  await field(page, "Password").fill("XaverineQuandt7");
  await button(page, "Create account").click();
  await expectViolation(field(page, "Password"), "This is mostly your name");
  // The password stays; it is no longer that of the name.
  await fill(page, { Name: "Ada Lovelace" });
  await button(page, "Create account").click();
  await heading(page, "Confirm your address").waitFor();
});

scenario("the first field with an error gets the focus, after every attempt", async (stage) => {
  const { page } = await stage.visitor("ada");
  await page.goto(site().url("sign-up"));
  const hasFocus = (name: string) =>
    expect
      .poll(() => field(page, name).evaluate((node) => node.matches(":focus")), SOON)
      .toBe(true);
  await button(page, "Create account").click();
  await hasFocus("Name");
  await button(page, "Create account").focus();
  await button(page, "Create account").click();
  await hasFocus("Name");
  await fill(page, { Name: "Ada" });
  await button(page, "Create account").click();
  await hasFocus("Email address");
  await expect.poll(() => field(page, "Name").getAttribute("aria-invalid"), SOON).toBeNull();
});
