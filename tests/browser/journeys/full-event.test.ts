// The journey from a full event to a ticket: three people, each in a browser of their own. Nobody
// reloads a page; whatever changes is told to the open ones.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { ownRegistration } from "../../kit/door.ts";
import { anEvent, aPerson, type Person } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, choose, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();
const TITLE = "Full evening";

async function register(page: Page, person: Person, eventId: string): Promise<void> {
  await signIn(page, site(), person, { path: `events/${eventId}`, shows: TITLE });
  await button(page, /^(?:Register|Join the waitlist)$/).click();
}

async function giveUp(page: Page): Promise<void> {
  await button(page, "Cancel registration").click();
  await button(page.getByRole("alertdialog"), "Cancel registration").click();
}

scenario("a full event: waiting, moving up, an offer, and the ticket", async ({ visitor }) => {
  const people = ["Olga", "Bob", "Cem", "Ada"].map((name) => aPerson(name));
  const [olga, bob, cem, ada] = (await Promise.all(people)) as [Person, Person, Person, Person];
  const eventId = await anEvent(olga.token, { title: TITLE, capacity: 1, offerMinutes: 30 });
  const [seated, before, hers] = [
    await visitor("bob"),
    await visitor("cem"),
    await visitor("ada", { size: PHONE }),
  ];

  await register(seated.page, bob, eventId);
  await seated.page.getByText("You are coming", { exact: true }).waitFor();
  await register(before.page, cem, eventId);
  await before.page.getByText("Number 1 on the waitlist").waitFor();
  await register(hers.page, ada, eventId);
  await hers.page.getByText("Number 2 on the waitlist").waitFor();
  await before.page.getByText("Full, 2 on the waitlist").waitFor();
  await expectAccessible(hers.page, "waiting");
  await hers.page.setViewportSize(PHONE);

  await giveUp(before.page);
  await hers.page.getByText("Number 1 on the waitlist").waitFor();
  await giveUp(seated.page);
  await hers.page.getByText("1 seat is held for you").waitFor();
  await expect.poll(() => hers.page.getByRole("timer").textContent(), SOON).toMatch(/mins.* left$/);
  // The seat is hers: nobody who comes now gets it.
  await button(before.page, "Join the waitlist").click();
  await before.page.getByText("Number 1 on the waitlist").waitFor();

  await button(hers.page, "Accept the seat").click();
  await hers.page.getByText("You are coming", { exact: true }).waitFor();
  const ticket = hers.page.getByRole("img", { name: "QR code of the ticket for person 1 of 1" });
  await ticket.waitFor();
  await expectAccessible(hers.page, "a ticket");
  await hers.page.setViewportSize(PHONE);
  await choose(hers.page, "My registrations", "menuitem");
  const row = hers.page.getByRole("listitem").filter({ hasText: TITLE });
  await row.getByText("You are coming · 1 seat").waitFor();
  await link(row, TITLE).click();
  await ticket.waitFor();
  await hers.page.getByText("Show the code as text").click();
  const shown = await hers.page.locator("code").innerText();
  const { tickets } = await ownRegistration(ada.token, eventId);
  expect(shown.replaceAll(" ", "")).toBe(tickets[0]?.code);
});
