// Guarantees about ticket types in the app: one is chosen with its price in view, a code shows
// hidden ones, and a refusal says which is full.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, field, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();

const tickets = (page: Page) => page.getByRole("group", { name: "Ticket", exact: true });
const ticket = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
const coming = (page: Page) => page.getByText("You are coming", { exact: true });

scenario("a ticket is chosen, and its price stands on the registration", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const options = { title: "Priced evening", capacity: 10, hasWaitlist: false };
  const eventId = await anEvent(olga.token, options);
  const price = { amount: 1_250, currency: "EUR" };
  await aTicketType(olga.token, eventId, { price, description: "With a drink" });
  const guests = await aTicketType(olga.token, eventId, { name: "Guests", quota: 1 });
  await aRegistration(olga.token, eventId, { ticketTypeId: guests.id });
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Priced evening" });
  await tickets(page).getByText("€12.50 a seat, paid at the door").waitFor();
  await tickets(page).getByText("With a drink").waitFor();
  expect(await ticket(page, "Guests").isDisabled()).toBe(true);
  await button(page, "Register").click();
  await expectViolation(tickets(page), "Please choose a ticket.");
  const standard = ticket(page, "Standard");
  await expect.poll(() => standard.evaluate((node) => node.matches(":focus")), SOON).toBe(true);
  await expectAccessible(page, "ticket missing");
  await standard.check();
  await field(page, "Number of seats").selectOption("2");
  await button(page, "Register").click();
  await coming(page).waitFor();
  await page.getByText("€25 in all, paid at the door").waitFor();
  const second = page.getByRole("listitem").filter({ hasText: "Person 2 of 2" });
  await second.getByText("Standard").waitFor();
  await expectAccessible(page, "registered with a ticket");
  await page.goto(site().url("registrations"));
  await page.getByText("You are coming · 2 seats · Standard").waitFor();
});

scenario("a code shows a hidden ticket, and another code none", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const eventId = await anEvent(olga.token, { title: "Hidden evening" });
  await aTicketType(olga.token, eventId);
  const press = { name: "Press", isHidden: true, code: "press-2026" };
  await aTicketType(olga.token, eventId, press);
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Hidden evening" });
  await ticket(page, "Standard").waitFor();
  expect(await ticket(page, "Press").count()).toBe(0);
  await button(page, "I have a code").click();
  for (const code of ["press", "press-2027"]) {
    await field(page, "Code").fill(code);
    await field(page, "Code").press("Enter");
    await expectViolation(field(page, "Code"), "No ticket has this code.");
  }
  await expectAccessible(page, "code refused");
  await field(page, "Code").fill("PRESS-2026");
  await button(page, "Apply").click();
  await ticket(page, "Press").waitFor();
  expect(await ticket(page, "Press").isChecked()).toBe(true);
  await button(page, "Register").click();
  await coming(page).waitFor();
  await page.getByText("Press", { exact: true }).first().waitFor();
  await link(page, "All events").waitFor();
});

scenario(
  "a ticket that is full meanwhile is refused by its name, or has a waitlist",
  async (stage) => {
    const people = ["Olga", "Ada", "Bob", "Cem"].map((name) => aPerson(name));
    const [olga, ada, bob, cem] = await Promise.all(people);
    if (!(olga && ada && bob && cem)) throw new Error("four people");
    const options = { title: "Scarce evening", hasWaitlist: false };
    const eventId = await anEvent(olga.token, options);
    await aTicketType(olga.token, eventId);
    const guests = await aTicketType(olga.token, eventId, { name: "Guests", quota: 3 });
    const take = (token: string, partySize: number) =>
      aRegistration(token, eventId, { ticketTypeId: guests.id, partySize });
    const { page } = await stage.visitor("ada");
    await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Scarce evening" });
    await ticket(page, "Guests").check();
    await field(page, "Number of seats").selectOption("2");
    await take(bob.token, 2);
    await button(page, "Register").click();
    const size = field(page, "Number of seats");
    await expectViolation(size, "Only 1 seat of “Guests” is free.");
    await size.selectOption("1");
    await take(cem.token, 1);
    await button(page, "Register").click();
    await expectViolation(tickets(page), "There are no more seats of “Guests”.");
    expect(await ticket(page, "Standard").isChecked()).toBe(false);
    await ticket(page, "Standard").check();
    await button(page, "Register").click();
    await coming(page).waitFor();
  },
);

scenario("a full ticket of an event with a waitlist can be waited for", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const eventId = await anEvent(olga.token, { title: "Patient evening" });
  const guests = await aTicketType(olga.token, eventId, { name: "Guests", quota: 1 });
  await aRegistration(olga.token, eventId, { ticketTypeId: guests.id });
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Patient evening" });
  await tickets(page).getByText("Full, you join the waitlist").waitFor();
  await button(page, "Join the waitlist").click();
  await page.getByText("Number 1 on the waitlist").waitFor();
  await page.getByText("Guests", { exact: true }).waitFor();
});
