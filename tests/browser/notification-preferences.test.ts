// Guarantees about how people choose to be told, in the app: what they tick counts at once and on
// all devices, and the link of a mail works signed out.
import { expect } from "vitest";
import { untilMail } from "../kit/mailbox.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("channels, digest and quiet hours are chosen, and stay", async (stage) => {
  const ada = await aPerson("Ada");
  const { page, newTab } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "settings/notifications", shows: "Notifications" });
  const matches = page.getByRole("checkbox", { name: "Matches Email" });
  const messages = page.getByRole("checkbox", { name: "Messages Email" });
  expect(await matches.isChecked()).toBe(true);
  await matches.uncheck();
  await messages.check();
  await page.getByRole("radio", { name: "Every morning" }).check();
  await page.getByRole("checkbox", { name: "Keep some hours quiet" }).check();
  await page.getByLabel("To", { exact: true }).fill("22:00");
  await page.getByText("Choose an end that is not the beginning").waitFor();
  await page.getByLabel("To", { exact: true }).fill("06:30");
  await button(page, "Save").click();
  await button(page, "Save").waitFor({ state: "detached" });
  await expectAccessible(page, "preferences of notifications");
  await page.setViewportSize(DESK);
  await expectAccessible(page, "preferences of notifications, wide");
  const other = await newTab();
  await other.goto(site().url("settings/notifications"));
  await heading(other, "Notifications").waitFor();
  const there = (name: string) => other.getByRole("checkbox", { name }).isChecked();
  await expect.poll(() => there("Matches Email"), SOON).toBe(false);
  expect(await there("Messages Email")).toBe(true);
  expect(await other.getByRole("radio", { name: "Every morning" }).isChecked()).toBe(true);
  expect(await other.getByLabel("To", { exact: true }).inputValue()).toBe("06:30");
});

scenario("the link of a mail turns mails off, for whoever holds it", async (stage) => {
  const [ada, olga] = [await aPerson("Ada"), await aTokenHolder()];
  await aRegistration(ada.token, await anEvent(olga.token, { title: "Compilers" }));
  const { text } = await untilMail(ada.email, "You are registered for “Compilers”");
  const [, token] = /mail-preferences\?token=(\S+)/.exec(text) ?? [];
  const { page } = await stage.visitor("somebody", { size: PHONE });
  await page.goto(site().url(`mail-preferences?token=${token}`));
  await heading(page, "Your emails").waitFor();
  expect(page.url()).not.toContain("token");
  const registrations = page.getByRole("checkbox", { name: "Your registrations Email" });
  expect(await registrations.isChecked()).toBe(true);
  await expectAccessible(page, "preferences by a link");
  await button(page, "Turn all of them off").click();
  await page.getByText("You get no more emails of notifications.").waitFor();
  expect(await registrations.isChecked()).toBe(false);
  await page.goto(site().url(`mail-preferences?token=${token}`));
  await page.getByText("You get no more emails of notifications.").waitFor();
  await page.goto(site().url(`mail-preferences?token=${token}x`));
  await heading(page, "This link does not work").waitFor();
});
