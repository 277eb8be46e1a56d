// Guarantees about offers in the app: the time left is there to see and to hear, both answers work
// wherever the registration is shown, and an offer that ends meanwhile is refused.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  cancelRegistration,
  type Person,
} from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, choose, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();
const MINUTE_MS = 60_000;

interface Offered {
  readonly eventId: string;
  readonly ada: Person;
  /** Frees the seat that goes to Ada. */
  readonly free: () => Promise<unknown>;
}

/** An event with one seat, which Bob has. Ada waits for it. */
async function oneSeat(title: string): Promise<Offered> {
  const [olga, ada, bob] = await Promise.all([aPerson("Olga"), aPerson("Ada"), aPerson("Bob")]);
  const eventId = await anEvent(olga.token, { title, capacity: 1, offerMinutes: 30 });
  const { id } = await aRegistration(bob.token, eventId);
  await aRegistration(ada.token, eventId);
  return { eventId, ada, free: () => cancelRegistration(bob.token, id) };
}

/** Ends the offer of an event, as time would. The page still counts. */
async function endOffer(eventId: string): Promise<void> {
  const ended = await withDatabase("events", (client) =>
    client.query(
      `update registration set offer_expires_at = now() - interval '1 second'
       where event_id = $1 and status = 'OFFERED'`,
      [eventId],
    ),
  );
  expect(ended.rowCount).toBe(1);
}

const theOffer = (page: Page) => page.getByText("1 seat is held for you");
const expectFocus = (element: Locator) =>
  expect.poll(() => element.evaluate((node) => node.matches(":focus")), SOON).toBe(true);

/** The text that screen readers say. */
const said = (page: Page) => page.locator("[role=status].hidden-visually").first();

scenario("a seat comes to the open page, with the time left, and is accepted", async (stage) => {
  const { eventId, ada, free } = await oneSeat("Offered evening");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Offered evening" });
  await page.getByText("Number 1 on the waitlist").waitFor();
  await page.getByText("they are held for 30 minutes").waitFor();
  await free();
  await theOffer(page).waitFor();
  await expect.poll(() => page.getByRole("timer").textContent(), SOON).toMatch(/^29 mins.* left$/);
  await expect.poll(() => said(page).textContent(), SOON).toMatch(/mins.* left$/);
  await expectAccessible(page, "offered");
  await button(page, "Accept the seat").click();
  await page.getByText("You are coming", { exact: true }).waitFor();
  expect(await theOffer(page).count()).toBe(0);
  await expectFocus(page.getByRole("heading", { name: "Your registration" }));
});

scenario(
  "an offer that ends meanwhile is refused, and ends on every page at once",
  async (stage) => {
    const { eventId, ada, free } = await oneSeat("Ended evening");
    await free();
    const { page, newTab } = await stage.visitor("ada");
    await signIn(page, site(), ada, { path: "registrations", shows: "My registrations" });
    await theOffer(page).waitFor();
    await expectAccessible(page, "registrations with an offer");
    const other = await newTab();
    await other.goto(site().url(`events/${eventId}`));
    await theOffer(other).waitFor();
    await endOffer(eventId);
    await button(other, "Accept the seat").click();
    await other.getByRole("alert").getByText("The time was over").waitFor();
    await other.getByText(/^Your seats were held until/).waitFor();
    await button(other, "Register").waitFor();
    await expectAccessible(other, "expired");
    await page.getByRole("listitem").getByText("Expired").waitFor();
    expect(await theOffer(page).count()).toBe(0);
  },
);

scenario(
  "declining asks, from the list of registrations, and the next gets the seat",
  async (stage) => {
    const { eventId, ada, free } = await oneSeat("Declined evening");
    const cem = await aPerson("Cem");
    await aRegistration(cem.token, eventId);
    await free();
    const [{ page }, next] = [
      await stage.visitor("ada"),
      await stage.visitor("cem", { size: PHONE }),
    ];
    await signIn(next.page, site(), cem, { path: `events/${eventId}`, shows: "Declined evening" });
    await next.page.getByText("Number 1 on the waitlist").waitFor();
    await signIn(page, site(), ada);
    await choose(page, "My registrations", "menuitem");
    await theOffer(page).waitFor();
    await button(page, "Decline").click();
    await expectAccessible(page, "declining");
    await button(page.getByRole("alertdialog"), "Cancel").click();
    await expect.poll(() => page.getByRole("alertdialog").count(), SOON).toBe(0);
    expect(await theOffer(page).count()).toBe(1);
    await button(page, "Decline").click();
    await button(page.getByRole("alertdialog"), "Decline").click();
    await page.getByRole("listitem").getByText("Declined", { exact: true }).waitFor();
    await expectFocus(link(page, "Declined evening"));
    await theOffer(next.page).waitFor();
    await link(page, "Declined evening").click();
    await page.getByText("You declined the seats that were held for you.").waitFor();
    await button(page, "Join the waitlist").waitFor();
  },
);

scenario(
  "a device whose clock is fast shows that the time is over, and may still accept",
  async (stage) => {
    const { eventId, ada, free } = await oneSeat("Fast evening");
    await free();
    const { page } = await stage.visitor("ada");
    await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Fast evening" });
    await theOffer(page).waitFor();
    const timer = page.getByRole("timer");
    const ends = Date.now() + 30 * MINUTE_MS;
    await page.clock.setSystemTime(ends - 4.5 * MINUTE_MS);
    await expect.poll(() => timer.textContent(), SOON).toMatch(/^4 mins, \d+ secs? left$/);
    await expect.poll(() => said(page).textContent(), SOON).toMatch(/^4 mins, \d+ secs? left$/);
    const first = await said(page).textContent();
    const shown = await timer.textContent();
    await expect.poll(() => timer.textContent(), SOON).not.toBe(shown);
    expect(await said(page).textContent()).toBe(first);
    await page.clock.setSystemTime(ends + MINUTE_MS);
    await expect.poll(() => timer.textContent(), SOON).toBe("The time is over");
    await expect.poll(() => said(page).textContent(), SOON).toBe("The time is over");
    await button(page, "Accept the seat").click();
    await page.getByText("You are coming", { exact: true }).waitFor();
  },
);
