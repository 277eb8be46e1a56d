// The story of one event, from its draft to the people who did not come, seen by its organizer in
// the portal and by the attendees in the app at once.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { openDatabase } from "../../../subgraphs/events/database.ts";
import { markBatch } from "../../../subgraphs/events/door/no-shows/jobs.ts";
import { moveEvent, ownRegistration } from "../../kit/door.ts";
import { stack } from "../../kit/stack.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { button, choose, fill, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, type Stage, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();
const TITLE = "The whole story";
const HOUR_MS = 3_600_000;

/** A time as the editor takes it, on the clock of the browsers. */
function typed(at: Date): string {
  const options = { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("sv-SE", options).format(at).replace(" ", "T");
}

async function opens(stage: Stage, name: string, person: Person, eventId: string): Promise<Page> {
  const { page } = await stage.visitor(name, { size: PHONE });
  await signIn(page, site(), person, { path: `events/${eventId}`, shows: TITLE });
  return page;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text, { exact: true }).waitFor();

/** Lets the event end, and the job of the people who did not come run. */
async function ends(eventId: string): Promise<void> {
  await moveEvent(eventId, -9 * HOUR_MS);
  const log = createLog({ name: "story", level: "error" });
  const { database, close } = openDatabase(stack().urls.databases.events ?? "", log);
  while (await markBatch(database, systemClock(), 10)) {}
  await close();
}

scenario("an event from its draft to the people who did not come", async (stage) => {
  const people = ["Olga", "Ada", "Bob"].map((name) => aPerson(name));
  const [olga, ada, bob] = await Promise.all(people);
  if (!(olga && ada && bob)) throw new Error("three people");

  const { page: desk } = await stage.visitor("olga");
  await atDesk(desk, site(), olga, "events/new", "New event");
  await fill(desk, { Title: TITLE, Place: "Pier Hall", "Number of seats": "1" });
  await desk.getByLabel("Seats that become free").selectOption("60");
  await button(desk, "Save draft").click();
  await heading(desk, TITLE).waitFor();
  await button(desk, "Publish").click();
  await confirm(desk, "Publish");
  await says(desk, "Published");
  const eventId = new URL(desk.url()).pathname.split("/")[3] ?? "";

  const adas = await opens(stage, "ada", ada, eventId);
  await button(adas, "Register").click();
  await says(adas, "You are coming");
  await link(desk, "Registrations").click();
  await row(desk, "Ada").getByText("Confirmed", { exact: true }).waitFor();

  const bobs = await opens(stage, "bob", bob, eventId);
  await button(bobs, "Join the waitlist").click();
  await says(bobs, "Number 1 on the waitlist");
  await row(desk, "Bob").getByText("Waitlist", { exact: true }).waitFor();

  await button(adas, "Cancel registration").click();
  await confirm(adas, "Cancel registration");
  await says(bobs, "1 seat is held for you");
  await row(desk, "Bob").getByText("Offered", { exact: true }).waitFor();
  await button(adas, "Join the waitlist").click();
  await says(adas, "Number 1 on the waitlist");
  await button(bobs, "Accept the seat").click();
  await says(bobs, "You are coming");
  await row(desk, "Bob").getByText("Confirmed", { exact: true }).waitFor();

  await link(desk, "Edit").click();
  const startsAt = new Date(Date.now() + HOUR_MS);
  await fill(desk, { Starts: typed(startsAt), "Number of seats": "2" });
  await fill(desk, { Ends: typed(new Date(startsAt.getTime() + 2 * HOUR_MS)) });
  await button(desk, "Save").click();
  await confirm(desk, "Save and tell");
  await says(bobs, "It has a new time.");
  await says(adas, "1 seat is held for you");
  await button(adas, "Accept the seat").click();
  await says(adas, "You are coming");

  await link(desk, "Door").click();
  const { tickets } = await ownRegistration(bob.token, eventId);
  await desk.getByLabel("Code of the ticket").fill(tickets[0]?.code ?? "");
  await button(desk, "Check in").click();
  await desk.locator("[data-tone] [role=status]").getByText("Come in").waitFor();
  await says(bobs, "You are there");
  await link(desk, "Registrations").click();
  await row(desk, "Bob").getByText("Arrived", { exact: true }).waitFor();

  await ends(eventId);
  await row(desk, "Ada").getByText("Did not come", { exact: true }).waitFor();
  await expect.poll(() => adas.getByText("You did not come").count(), SOON).toBeGreaterThan(0);
  await desk.reload();
  await row(desk, "Ada").getByText("Did not come", { exact: true }).waitFor();
  expect(await button(desk, "Remove Bob").count()).toBe(0);
  await bobs.reload();
  await says(bobs, "You were there.");
  await choose(bobs, "My registrations", "menuitem");
  const listed = bobs.getByRole("listitem").filter({ hasText: TITLE });
  await listed.getByText("You were there.").waitFor();
  expect(await listed.getByText("The organizer has changed this event").count()).toBe(0);
});
