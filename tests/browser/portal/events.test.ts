// Guarantees about events in the portal: an organizer drafts, previews and publishes one, and
// follows its registrations as they happen.
import { expect } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { anEvent, aPerson, aRegistration, cancelRegistration } from "../../kit/stories.ts";
import { button, expectViolation, field, fill, heading, link } from "../screens.ts";
import { useSite } from "../site.ts";
import { SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

scenario(
  "an organizer drafts an event, sees it as others will, and publishes it",
  async (stage) => {
    const olga = await aPerson("Olga");
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, "", "My events");
    await page.getByText("No event is coming.").waitFor();
    await link(page, "New event").click();
    await heading(page, "New event").waitFor();
    await button(page, "Save draft").click();
    await expectViolation(field(page, "Title"), "Please fill this in.");
    await fill(page, { Title: "Compilers at night", Place: "Pier Hall", "Number of seats": "0" });
    await fill(page, { Tags: "rust, wasm", Description: "Bring a parser." });
    await button(page, "Save draft").click();
    await expectViolation(field(page, "Number of seats"), "A whole number from 1 to 100,000");
    await fill(page, { "Number of seats": "2" });
    const preview = page.getByRole("complementary", { name: "As others see it" });
    for (const text of [
      "Compilers at night",
      "Pier Hall",
      "2 free seats",
      "wasm",
      "Bring a parser.",
    ]) {
      await preview.getByText(text, { exact: true }).waitFor();
    }
    await button(page, "Save draft").click();
    await heading(page, "Compilers at night").waitFor();
    await page.getByText("People can register once the event is published.").waitFor();
    await button(page, "Publish").click();
    await confirm(page, "Publish");
    await page.getByText("Published", { exact: true }).waitFor();
    await link(page, "Events").click();
    await row(page, "Compilers at night").getByText("0 of 2").waitFor();
  },
);

scenario("a mistake in a time is said at its field, on the clock of the place", async (stage) => {
  const olga = await aPerson("Olga");
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, "events/new", "New event");
  await fill(page, { Title: "Too late", Starts: "2020-01-01T10:00", Ends: "2020-01-01T09:00" });
  await button(page, "Save draft").click();
  await expectViolation(field(page, "Starts"), "This is in the past.");
  await expectViolation(field(page, "Ends"), "It must end after it starts.");
  await fill(page, { "Time zone": "Europe/Atlantis" });
  await button(page, "Save draft").click();
  await expectViolation(field(page, "Time zone"), "This is not a time zone.");
});

scenario("the board follows registrations, and removes them after a question", async (stage) => {
  const [olga, ada, grace] = await Promise.all(["Olga", "Ada", "Grace"].map(aPerson));
  if (!olga || !ada || !grace) throw new Error("three people are needed");
  const eventId = await anEvent(olga.token, { title: "Full house", capacity: 1 });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, "Full house");
  await page.getByText("Nobody has registered yet.").waitFor();
  await aRegistration(ada.token, eventId);
  await row(page, "Ada").getByText("Confirmed", { exact: true }).waitFor();
  const { id } = await aRegistration(grace.token, eventId);
  await row(page, "Grace").getByText("no. 1", { exact: true }).waitFor();
  await page.getByText("1 of 1", { exact: true }).waitFor();

  await link(page, /^Waitlist/).click();
  await expect.poll(() => row(page, "Ada").count(), SOON).toBe(0);
  await row(page, "Grace").waitFor();
  await link(page, /^All/).click();
  await button(page, "Remove Ada").click();
  await confirm(page, "Remove");
  await row(page, "Ada").getByText("by the organizer").waitFor();
  await row(page, "Grace").getByText("Confirmed", { exact: true }).waitFor();
  await cancelRegistration(grace.token, id);
  await row(page, "Grace").getByText("by the person").waitFor();
  await page.getByText("0 of 1", { exact: true }).waitFor();
});

scenario("a search finds events and people of an event", async ({ visitor }) => {
  const [olga, ada, grace] = await Promise.all(["Olga", "Ada", "Grace"].map(aPerson));
  if (!olga || !ada || !grace) throw new Error("three people are needed");
  const eventId = await anEvent(olga.token, { title: "Café of compilers" });
  await anEvent(olga.token, { title: "Another evening" });
  await anEvent(olga.token, { title: "Café in the making", isDraft: true });
  for (const { token } of [ada, grace]) await aRegistration(token, eventId);
  const { page } = await visitor("olga");
  await atDesk(page, site(), olga, "events", "My events");
  await row(page, "Another evening").waitFor();
  await page.getByRole("searchbox").fill("cafe");
  await expect.poll(() => row(page, "Another evening").count(), SOON).toBe(0);
  await row(page, "Café of compilers").waitFor();
  await link(page, "Drafts").click();
  await row(page, "Café in the making").waitFor();
  expect(page.url()).toContain("q=cafe");
  await page.goBack();
  await link(page, "Café of compilers").click();
  await row(page, "Grace").waitFor();
  await page.getByRole("searchbox").fill("ada");
  await expect.poll(() => row(page, "Grace").count(), SOON).toBe(0);
  await row(page, "Ada").waitFor();
});

scenario("an admin has everybody's events, and an organizer their own alone", async (stage) => {
  const word = newId();
  const [olga, oscar] = [await aPerson("Olga"), await aPerson("Oscar")];
  await anEvent(olga.token, { title: `Of Olga ${word}` });
  const draft = await anEvent(oscar.token, { title: `Of Oscar ${word}`, isDraft: true });
  const admin = await stage.visitor("admin");
  await atDesk(admin.page, site(), await aPersonWho("ADMIN"), `events?q=${word}`, "Events");
  await row(admin.page, `Of Olga ${word}`).getByText("Olga", { exact: true }).waitFor();
  await link(admin.page, "Drafts").click();
  await row(admin.page, `Of Oscar ${word}`).waitFor();
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, "events", "My events");
  await row(page, `Of Olga ${word}`).waitFor();
  expect(await row(page, word).count()).toBe(1);
  // Another organizer's draft does not exist.
  await page.goto(site().portal.url(`events/${draft}`));
  await heading(page, "There is nothing here").waitFor();
});
