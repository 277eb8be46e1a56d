// Guarantees about decisions in the app: who waits for the organizer sees the decision at once,
// with its note, and who waits for seats sees their position as others leave.
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, resultOf } from "../../kit/client.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  cancelRegistration,
  type Registration,
} from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();

async function ownOf(token: string, eventId: string): Promise<Registration> {
  type Data = { event: { viewerRegistration: Registration } };
  const { event } = await dataOf<Data>(operation("EventPage"), { id: eventId }, { as: token });
  return event.viewerRegistration;
}

scenario("who asks to take part sees that they wait, and that they are coming", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const options = { title: "Chosen evening", isApprovalRequired: true };
  const eventId = await anEvent(olga.token, options);
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Chosen evening" });
  await page.getByText("The organizer decides about each registration.").waitFor();
  await button(page, "Ask to take part").click();
  await page.getByText("Waits for the organizer").waitFor();
  await expectAccessible(page, "pending");
  const { id: registrationId } = await ownOf(ada.token, eventId);
  await resultOf(operation("ApproveRegistration"), { registrationId }, olga.token);
  await page.getByText("You are coming", { exact: true }).waitFor();
  await cancelRegistration(olga.token, registrationId);
  await page.getByText("The organizer cancelled your registration.").waitFor();
  await page.getByText("You cannot register for this event again.").waitFor();
  expect(await button(page, "Ask to take part").count()).toBe(0);
});

scenario("a declined person reads the note, and may ask again once readmitted", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const options = { title: "Declining evening", isApprovalRequired: true };
  const eventId = await anEvent(olga.token, options);
  const { id: registrationId } = await aRegistration(ada.token, eventId);
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Declining evening" });
  await page.getByText("Waits for the organizer").waitFor();
  const note = "This evening is for speakers.\nPlease come in January.";
  await resultOf(operation("DeclineRegistration"), { registrationId, note }, olga.token);
  await page.getByText("The organizer declined your registration.").waitFor();
  await page.getByText("This evening is for speakers.").waitFor();
  await page.getByText("You cannot register for this event again.").waitFor();
  expect(await button(page, "Ask to take part").count()).toBe(0);
  await expectAccessible(page, "declined");
  await resultOf(operation("ReadmitAttendee"), { registrationId }, olga.token);
  await button(page, "Ask to take part").click();
  await page.getByText("Waits for the organizer").waitFor();
});

scenario("who waits moves up as others leave, on both pages", async (stage) => {
  const [olga, ada, bob] = await Promise.all([aPerson("Olga"), aPerson("Ada"), aPerson("Bob")]);
  const eventId = await anEvent(olga.token, { title: "Moving up", capacity: 1 });
  await aRegistration(olga.token, eventId);
  const before = await aRegistration(bob.token, eventId);
  await aRegistration(ada.token, eventId);
  const { page, newTab } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Moving up" });
  const list = await newTab();
  await list.goto(site().url("registrations"));
  for (const each of [page, list]) await each.getByText("Number 2 on the waitlist").waitFor();
  await cancelRegistration(bob.token, before.id);
  for (const each of [page, list]) {
    const first = each.getByText("Number 1 on the waitlist");
    await expect.poll(() => first.count(), { timeout: 40_000 }).toBe(1);
  }
  await expect.poll(() => page.getByText("Full, 1 on the waitlist").count(), SOON).toBe(1);
});
