// Guarantees about approval in the portal: approved, declined with a note, in bulk, readmitted, and
// seen by the attendee at the same time.
import { expect } from "vitest";
import { anEvent, aPerson, aRegistration, namedPeople } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

scenario("who is approved has a seat at once, and who is declined reads why", async (stage) => {
  const [olga, ada, grace] = [await aPerson("Olga"), await aPerson("Ada"), await aPerson("Grace")];
  const options = { title: "By invitation", isApprovalRequired: true };
  const eventId = await anEvent(olga.token, options);
  await aRegistration(ada.token, eventId);
  await aRegistration(grace.token, eventId);
  const attendees = await Promise.all(
    [ada, grace].map(async (person) => {
      const { page } = await stage.visitor(person.id, { size: PHONE });
      await signIn(page, site(), person, { path: `events/${eventId}`, shows: options.title });
      await page.getByText("Waits for the organizer").waitFor();
      return page;
    }),
  );
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, options.title);
  await link(page, /^To approve/).click();
  await button(page, "Approve Ada").click();
  await page.getByText("Ada is approved.").waitFor();
  await attendees[0]?.getByText("You are coming").waitFor();
  await button(page, "Decline Grace").click();
  const dialog = page.getByRole("dialog", { name: "Decline Grace?" });
  await dialog.getByLabel("Why (optional)").fill("This evening is for beginners.");
  await expectAccessible(page, "declining somebody");
  await button(dialog, "Decline").click();
  await page.getByText("Grace is declined.").waitFor();
  await attendees[1]?.getByText("This evening is for beginners.").waitFor();
  await link(page, /^All/).click();
  await row(page, "Grace").getByText("This evening is for beginners.").waitFor();

  // A refusal sticks until the person is readmitted.
  const again = attendees[1];
  if (!again) throw new Error("Grace has a page");
  await again.getByText("You cannot register for this event again.").waitFor();
  expect(await button(again, "Ask to take part").count()).toBe(0);
  await button(page, "Readmit Grace").click();
  await page.getByText("Grace may register again.").waitFor();
  await button(again, "Ask to take part").click();
  await again.getByText("Waits for the organizer").waitFor();
  await row(page, "Grace").getByText("To approve", { exact: true }).waitFor();
});

scenario("many are approved at once, as far as there are seats", async (stage) => {
  const olga = await aPerson("Olga");
  const options = {
    title: "Small room",
    isApprovalRequired: true,
    capacity: 2,
    hasWaitlist: false,
  };
  const eventId = await anEvent(olga.token, options);
  for (const { token } of await namedPeople(3)) await aRegistration(token, eventId);
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, options.title);
  await button(page, "Approve 3 registrations").click();
  await page.getByText("2 registrations are approved.").waitFor();
  await page.getByText("1 registration could not be approved: see whether").first().waitFor();
  await page.getByText("2 of 2", { exact: true }).waitFor();
  await link(page, /^To approve/).click();
  await button(page, /^Approve /)
    .first()
    .click();
  await page.getByText("There are not enough free seats, and the event").first().waitFor();
});

scenario("who is removed is readmitted on the board, and may register again", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
  const eventId = await anEvent(olga.token, { title: "Second chance" });
  await aRegistration(ada.token, eventId);
  const attendee = await stage.visitor("ada");
  await signIn(attendee.page, site(), ada, { path: `events/${eventId}`, shows: "Second chance" });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, "Second chance");
  await button(page, "Remove Ada").click();
  await confirm(page, "Remove");
  await button(page, "Readmit Ada").click();
  await page.getByText("Ada may register again.").waitFor();
  await button(attendee.page, "Register").click();
  await attendee.page.getByText("You are coming").waitFor();
  await row(page, "Ada").getByText("Confirmed", { exact: true }).waitFor();
});
