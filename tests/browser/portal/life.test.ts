// Guarantees about the life of an event in the portal: it is changed, cancelled, taken back,
// deleted and used again, and those who are registered see it at the same time.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { moveEvent } from "../../kit/door.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, field, fill, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

async function chooseAction(page: Page, name: string): Promise<void> {
  await button(page, "More about this event").click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

scenario("a new place is announced before it is saved, and seen by who comes", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
  const options = { title: "Wandering evening", venue: "Pier Hall", capacity: 4 };
  const eventId = await anEvent(olga.token, options);
  await aRegistration(ada.token, eventId, { partySize: 3 });
  const attendee = await stage.visitor("ada", { size: PHONE });
  await signIn(attendee.page, site(), ada, { path: `events/${eventId}`, shows: options.title });
  await attendee.page.getByText("Pier Hall").first().waitFor();

  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}/edit`, options.title);
  await fill(page, { Place: "Town Hall", "Number of seats": "2" });
  await page.getByText("3 seats are taken. Nobody loses a seat, and none is given until").waitFor();
  await page.getByText("When you save, 1 registered person is told of: place.").waitFor();
  await expectAccessible(page, "a change that is told");
  await fill(page, { "Online link": "meet.example" });
  await button(page, "Save").click();
  await expectViolation(field(page, "Online link"), "no address that begins with https://");
  await fill(page, { "Online link": "" });
  await button(page, "Save").click();
  await confirm(page, "Cancel");
  await button(page, "Save").click();
  await confirm(page, "Save and tell");
  await page.getByText("everybody who is registered is told", { exact: false }).waitFor();
  await page.getByRole("complementary").getByText("Town Hall").waitFor();
  await attendee.page.getByText("It is at another place.").waitFor();
  await attendee.page.getByText("Town Hall").first().waitFor();
  await link(page, "Registrations").click();
  await page.getByText("3 of 2", { exact: true }).waitFor();
});

scenario(
  "two who edit at once lose nothing: the second sees what the first saved",
  async (stage) => {
    const olga = await aPerson("Olga");
    const eventId = await anEvent(olga.token, { title: "Shared pen", venue: "Pier Hall" });
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${eventId}/edit`, "Shared pen");
    await fill(page, { Title: "My title", "Number of seats": "33", Tags: "mine" });
    const input = { eventId, title: "Their title", venue: "Their hall", capacity: 44 };
    await dataOf(operation("UpdateEvent"), { input }, { as: olga.token });
    await button(page, "Save").click();
    const conflict = page.getByRole("region", { name: "Somebody else has changed this event" });
    await conflict.getByText("Place: Their hall").waitFor();
    await conflict.getByText("Title: Their title · yours: My title").waitFor();
    await expectAccessible(page, "a conflict");
    await expect.poll(() => field(page, "Place").inputValue(), SOON).toBe("Their hall");
    await expect.poll(() => field(page, "Title").inputValue(), SOON).toBe("My title");
    await button(conflict, "Take this one: Number of seats").click();
    await expect.poll(() => field(page, "Number of seats").inputValue(), SOON).toBe("44");
    await button(page, "Save").click();
    await heading(page, "My title").waitFor();
    const { event } = await dataOf<{ event: object }>(
      operation("EventPage"),
      { id: eventId, first: 1 },
      { as: olga.token },
    );
    const expected = { title: "My title", venue: "Their hall", capacity: 44, tags: ["mine"] };
    expect(event).toMatchObject(expected);
  },
);

scenario("an event is cancelled with a reason that all of its people read", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
  const eventId = await anEvent(olga.token, { title: "Doomed evening" });
  await aRegistration(ada.token, eventId);
  const attendee = await stage.visitor("ada");
  await signIn(attendee.page, site(), ada, { path: `events/${eventId}`, shows: "Doomed evening" });
  await attendee.page.getByText("You are coming").waitFor();
  const { page } = await stage.visitor("olga", { size: PHONE });
  await atDesk(page, site(), olga, `events/${eventId}`, "Doomed evening");
  await chooseAction(page, "Make it a draft again");
  await confirm(page, "Make it a draft");
  await page.getByText("1 person is registered: the event can be").first().waitFor();
  await chooseAction(page, "Cancel the event");
  const dialog = page.getByRole("dialog", { name: "Cancel “Doomed evening”?" });
  await dialog.getByText("1 registered person is told").waitFor();
  await button(dialog, "Cancel the event").click();
  await expectViolation(dialog.getByLabel("Why"), "Please fill this in.");
  await dialog.getByLabel("Why").fill("The hall has burnt down.");
  await expectAccessible(page, "cancelling an event");
  await button(dialog, "Cancel the event").click();
  await page.getByText("Cancelled on", { exact: false }).waitFor();
  await page.getByText("The hall has burnt down.").waitFor();
  await attendee.page.getByText("This event is cancelled").waitFor();
  await attendee.page.getByText("The hall has burnt down.").waitFor();
  expect(await link(page, "Edit").count()).toBe(0);
  await page.goto(site().portal.url(`events/${eventId}/edit`));
  await page.getByText("The event is cancelled: nothing of it changes any more.").waitFor();
});

scenario(
  "an event is used again: a draft at a new time, and the draft is deleted",
  async (stage) => {
    const olga = await aPerson("Olga");
    const eventId = await anEvent(olga.token, { title: "Monthly evening", venue: "Pier Hall" });
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${eventId}`, "Monthly evening");
    await chooseAction(page, "Make it a draft again");
    await confirm(page, "Make it a draft");
    await page.getByText("Draft", { exact: true }).waitFor();
    await button(page, "Publish").click();
    await confirm(page, "Publish");
    await page.getByText("Published", { exact: true }).waitFor();

    await chooseAction(page, "Duplicate");
    const dialog = page.getByRole("dialog", { name: "Duplicate “Monthly evening”" });
    await dialog.getByLabel("Starts").fill("2020-01-01T18:00");
    await button(dialog, "Duplicate").click();
    await expectViolation(dialog.getByLabel("Starts"), "This is in the past.");
    await dialog.getByLabel("Starts").fill("2031-05-07T18:45");
    await button(dialog, "Duplicate").click();
    await page.getByText("Draft", { exact: true }).waitFor();
    expect(page.url()).not.toContain(eventId);
    expect(await field(page, "Place").inputValue()).toBe("Pier Hall");
    expect(await field(page, "Starts").inputValue()).toBe("2031-05-07T18:45");

    await fill(page, { Title: "Never kept" });
    await link(page, "Questions").click();
    await confirm(page, "Cancel");
    await link(page, "Questions").click();
    await confirm(page, "Leave");
    await chooseAction(page, "Delete the draft");
    await confirm(page, "Delete");
    await heading(page, "My events").waitFor();
    await page.getByText("There is no draft.").waitFor();
    await link(page, "Coming").click();
    await row(page, "Monthly evening").waitFor();
    await page.goBack();
  },
);

scenario(
  "an event that runs keeps its start, and one that is over all but its text",
  async (stage) => {
    const olga = await aPerson("Olga");
    const running = await anEvent(olga.token, { title: "On its way" });
    await moveEvent(running, -60_000);
    const over = await anEvent(olga.token, { title: "Over by now" });
    await moveEvent(over, -86_400_000);
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${over}`, "Over by now");
    await page.getByText("Past", { exact: true }).first().waitFor();
    await page.goto(site().portal.url(`events/${running}/edit`));
    await page.getByText("The event has started: its start stays.").waitFor();
    expect(await field(page, "Starts").getAttribute("readonly")).not.toBeNull();
    await fill(page, { "Number of seats": "77" });
    await button(page, "Save").click();
    await page.getByText("The changes are saved.").waitFor();
    await page.goto(site().portal.url(`events/${over}/edit`));
    await fill(page, { Description: "It was good." });
    expect(await field(page, "Number of seats").count()).toBe(0);
    await button(page, "Save").click();
    await page.getByRole("complementary").getByText("It was good.").waitFor();
  },
);
