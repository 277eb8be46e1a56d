// Guarantees about notifications in the app: the bell counts what is new, live; the page says it in
// the reader's language, leads to what it is about, and is read on all devices.
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { aPairWithOneSkill, match } from "../kit/pairs.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("a seat that becomes free is told at once, and leads to the event", async (stage) => {
  const [ada, holder, olga] = [await aPerson("Ada"), await aTokenHolder(), await aTokenHolder()];
  const options = { title: "Compilers by night", capacity: 1, hasWaitlist: true };
  const eventId = await anEvent(olga.token, options);
  const { id: registrationId } = await aRegistration(holder.token, eventId);
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "notifications", shows: "Notifications" });
  await page.getByText("Nothing new yet").waitFor();
  await expectAccessible(page, "no notifications");
  await page.setViewportSize(PHONE);
  await page.goto(site().url("profile"));
  await heading(page, "Profile").waitFor();
  await aRegistration(ada.token, eventId);
  const bell = link(page, /^Notifications/);
  await expect.poll(() => bell.getByText("1 new").count(), SOON).toBe(1);
  const leave = { input: { registrationId } };
  await dataOf(operation("CancelRegistration"), leave, { as: holder.token });
  await expect.poll(() => bell.getByText("2 new").count(), SOON).toBe(1);
  await bell.click();
  await heading(page, "Notifications").waitFor();
  const seat = /^There was a free seat: you are registered for “Compilers by night”/;
  await link(page, seat).waitFor();
  await expect.poll(() => bell.getByText("new").count(), SOON).toBe(0);
  expect(await page.getByText("Not read").count()).toBe(2);
  await expectAccessible(page, "notifications");
  await page.setViewportSize(DESK);
  await link(page, seat).click();
  await heading(page, "Compilers by night").waitFor();
  await page.goBack();
  await heading(page, "Notifications").waitFor();
  await expect.poll(() => page.getByText("Not read").count(), SOON).toBe(1);
});

scenario("notifications are read on all devices, in the reader's language", async (stage) => {
  const { people } = await aPairWithOneSkill();
  const [ada] = people;
  await match(people);
  await untilRows("users", "select from notification where person_id = $1", [ada.id], 2);
  const { page, newTab } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "notifications", shows: "Notifications" });
  const met = link(page, /^You and Grace Hopper are a match/);
  await met.waitFor();
  const other = await newTab();
  await other.goto(site().url("notifications"));
  await expect.poll(() => other.getByText("Not read").count(), SOON).toBe(2);
  await button(page, "Mark all as read").click();
  await expect.poll(() => page.getByText("Not read").count(), SOON).toBe(0);
  await other.reload();
  await heading(other, "Notifications").waitFor();
  await link(other, /^You and Grace Hopper are a match/).waitFor();
  expect(await other.getByText("Not read").count()).toBe(0);
  await met.click();
  await heading(page, "Grace Hopper").waitFor();
  await dataOf(operation("ChangeLanguage"), { input: { language: "fr" } }, { as: ada.token });
  await other.reload();
  await link(other, /^Grace Hopper et vous formez un match/).waitFor();
  await expectAccessible(other, "notifications in French");
});
