// Guarantees about ticket types in the portal: made, changed, ordered and deleted by those who may
// edit, with mistakes at their fields, and their use as it happens.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, field } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

/** Its name goes on with what it means. */
const box = (page: Page, name: string) => page.getByRole("checkbox", { name });

scenario("an organizer adds types with prices, quotas and a code", async (stage) => {
  const olga = await aPerson("Olga");
  const eventId = await anEvent(olga.token, { title: "Typed evening", capacity: 10 });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}/tickets`, "Typed evening");
  await page.getByText("There are no ticket types.").waitFor();
  await button(page, "Add a ticket type").click();
  const dialog = page.getByRole("dialog", { name: "New ticket type" });
  await field(page, "Price").fill("12.345");
  await box(page, "Set aside").check();
  await button(dialog, "Add").click();
  await expectViolation(field(page, "Name"), "Please fill this in.");
  await expectViolation(field(page, "Price"), "This is no price.");
  await expectViolation(field(page, "Seats at most"), "How many seats are set aside?");
  await field(page, "Name").fill("Guests");
  await field(page, "Price").fill("12,50");
  await field(page, "Seats at most").fill("11");
  await box(page, "Hidden").check();
  await button(dialog, "Add").click();
  await expectViolation(field(page, "Code"), "6 to 64 characters, please.");
  await field(page, "Code").fill("speakers only");
  await button(dialog, "Add").click();
  await expectViolation(field(page, "Seats at most"), "The event has 10 seats, of which 0 are");
  await expectAccessible(page, "a ticket type");
  await field(page, "Seats at most").fill("3");
  await button(dialog, "Add").click();
  const guests = row(page, "Guests");
  for (const text of ["€12.50", "0 of 3", "Hidden", "Set aside"]) {
    await guests.getByText(text, { exact: true }).waitFor();
  }
  expect(await ticketTypesOf(olga.token, eventId)).toHaveLength(1);
  const ada = await aPerson("Ada");
  expect(await ticketTypesOf(ada.token, eventId)).toEqual([]);

  await button(page, "Add a ticket type").click();
  await field(page, "Name").fill("GUESTS");
  await button(dialog, "Add").click();
  await expectViolation(field(page, "Name"), "Another ticket type of this event has this name.");
  await field(page, "Name").fill("Students");
  await button(dialog, "Add").click();
  await row(page, "Students").getByText("Free", { exact: true }).waitFor();
  await expectAccessible(page, "ticket types");
  await button(page, "Move Students up").click();
  await expect.poll(() => page.getByRole("row").nth(1).innerText(), SOON).toContain("Students");
  await button(page, "Delete Guests").click();
  await confirm(page, "Delete");
  await expect.poll(() => row(page, "Guests").count(), SOON).toBe(0);
});

scenario("two who change a type at once lose nothing", async (stage) => {
  const olga = await aPerson("Olga");
  const eventId = await anEvent(olga.token, { title: "Shared types", capacity: 10 });
  const { id: ticketTypeId } = await aTicketType(olga.token, eventId, { name: "Early bird" });
  const { page } = await stage.visitor("olga", { size: PHONE });
  await atDesk(page, site(), olga, `events/${eventId}/tickets`, "Shared types");
  await button(page, "Change Early bird").click();
  const dialog = page.getByRole("dialog", { name: "Change “Early bird”" });
  await field(page, "Seats at most").fill("4");
  const input = { ticketTypeId, name: "Late bird" };
  await dataOf(operation("UpdateTicketType"), { input }, { as: olga.token });
  await button(dialog, "Save").click();
  await dialog.getByText("Somebody else has changed this ticket type meanwhile.").waitFor();
  await button(dialog, "Save").click();
  await row(page, "Late bird").getByText("0 of 4").waitFor();
});

scenario("the board shows the type of each registration, and lists those of one", async (stage) => {
  const [olga, ada, grace] = [await aPerson("Olga"), await aPerson("Ada"), await aPerson("Grace")];
  const eventId = await anEvent(olga.token, { title: "Sorted evening", capacity: 10 });
  // From before the first type.
  await aRegistration(grace.token, eventId);
  const price = { amount: 900, currency: "EUR" };
  const { id: type } = await aTicketType(olga.token, eventId, { name: "Standard", price });
  await aRegistration(ada.token, eventId, { ticketTypeId: type });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, "Sorted evening");
  await row(page, "Ada").getByText("Standard", { exact: true }).waitFor();
  await row(page, "Ada").getByText("€9").waitFor();
  await row(page, "Grace").waitFor();
  await page.getByLabel("Ticket", { exact: true }).selectOption("Standard");
  await expect.poll(() => row(page, "Grace").count(), SOON).toBe(0);
  await row(page, "Ada").waitFor();
  expect(page.url()).toContain(`type=${type}`);
  await expectAccessible(page, "the board of one ticket type");
  await page.reload();
  await row(page, "Ada").waitFor();
  expect(await row(page, "Grace").count()).toBe(0);
});

scenario(
  "seats of a type are counted as they are taken, and it stays while it has any",
  async (stage) => {
    const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
    const eventId = await anEvent(olga.token, { title: "Counted evening", capacity: 10 });
    const { id: ticketTypeId } = await aTicketType(olga.token, eventId, { quota: 4 });
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${eventId}/tickets`, "Counted evening");
    await row(page, "Standard").getByText("0 of 4", { exact: true }).waitFor();
    await aRegistration(ada.token, eventId, { ticketTypeId, partySize: 3 });
    await row(page, "Standard").getByText("3 of 4", { exact: true }).waitFor();
    await button(page, "Delete Standard").click();
    await confirm(page, "Delete");
    await page.getByText("1 registration has it: it cannot be deleted.").first().waitFor();
  },
);
