// Guarantees about changed events in the app: who comes back sees what is new and what it was
// before, until they have seen it, and nobody else who uses the browser does.
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, choose, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();
const UPDATE = operation("UpdateEvent");

scenario("a person who comes back sees what has changed meanwhile", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const eventId = await anEvent(olga.token, { title: "Moved evening", venue: "Room 1" });
  await aRegistration(ada.token, eventId);
  const { page, newTab, context } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Moved evening" });
  await page.getByText("You are coming", { exact: true }).waitFor();
  const kept = async () => JSON.stringify(await context.storageState());
  await expect.poll(kept, SOON).toContain("meetinity.seenEvents");
  await page.close();

  await resultOf(UPDATE, { eventId, venue: "Room 2" }, olga.token);
  const later = await newTab();
  await later.goto(site().url("registrations"));
  const notice = later.getByText("The organizer has changed this event");
  await notice.waitFor();
  await expectAccessible(later, "changed in the list");
  await link(later, "Moved evening").click();
  await heading(later, "Moved evening").waitFor();
  await notice.waitFor();
  await later.getByText("It is at another place.").waitFor();
  await later.locator("s").getByText("Room 1").waitFor();
  expect(await later.getByText("It has a new time.").count()).toBe(0);
  await later.reload();
  await notice.waitFor();
  await button(later, "Got it").click();
  await expect.poll(() => notice.count(), SOON).toBe(0);
  await later.reload();
  await later.getByText("You are coming", { exact: true }).waitFor();
  expect(await notice.count()).toBe(0);

  await choose(later, "Sign out", "menuitem");
  await heading(later, "Sign in").waitFor();
  await expect.poll(kept, SOON).not.toContain("meetinity.seenEvents");
});

scenario(
  "who is not registered is told of no change, and a new seat's link is none",
  async (stage) => {
    const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
    const onlineUrl = "https://meet.example.org/quiet";
    const options = { title: "Quiet evening", venue: "Room 1", capacity: 1, onlineUrl };
    const eventId = await anEvent(olga.token, options);
    await aRegistration(olga.token, eventId);
    const { page } = await stage.visitor("ada");
    await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Quiet evening" });
    await button(page, "Join the waitlist").waitFor();
    await resultOf(UPDATE, { eventId, venue: "Room 2" }, olga.token);
    await page.reload();
    await page.getByRole("definition").getByText("Room 2").waitFor();
    await button(page, "Join the waitlist").click();
    await page.getByText("Number 1 on the waitlist").waitFor();
    await resultOf(UPDATE, { eventId, capacity: 2 }, olga.token);
    await page.getByText("You are coming", { exact: true }).waitFor();
    await link(page, "Join online").waitFor();
    expect(await page.getByText("The organizer has changed this event").count()).toBe(0);
  },
);
