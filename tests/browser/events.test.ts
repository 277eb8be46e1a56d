// Guarantees about events in the app: people find one, register, and see at once what its organizer
// changes, until it is cancelled.
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { resultOf } from "../kit/client.ts";
import { anEvent, aPerson, register } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, choose, field, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const UPDATE = operation("UpdateEvent");

scenario("a new time and room, and a cancellation, are on the open page at once", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga Organizer"), aPerson("Ada Lovelace")]);
  const title = `Evening ${olga.id}`;
  const eventId = await anEvent(olga.token, { title, venue: "Room 1", capacity: 5 });
  const { page } = await stage.visitor("ada", { size: PHONE, timezone: "America/New_York" });
  await signIn(page, site(), ada);
  await choose(page, "Events", "menuitem");
  await heading(page, "Events").waitFor();
  await field(page, "Search events").fill(title);
  await link(page, title).click();
  await heading(page, title).waitFor();
  await page.getByText("Room 1").waitFor();
  await page.getByText("Central European").first().waitFor();
  await page.getByText(/^For you:/).waitFor();

  await field(page, "Number of seats").selectOption("2");
  await button(page, "Register").click();
  await page.getByText("You are coming").waitFor();
  await page.getByText("3 seats left").waitFor();
  await expectAccessible(page, "registered");

  const startsAt = new Date(Date.now() + 90 * 3_600_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const onlineUrl = "https://meet.example.org/evening";
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  await resultOf(UPDATE, { eventId, venue: "Room 2", onlineUrl, ...times }, olga.token);
  const notice = page.getByRole("status").filter({ hasText: "The organizer has changed" });
  await notice.getByText("It has a new time.").waitFor();
  await notice.getByText("It is at another place.").waitFor();
  await notice.getByText("Room 1").waitFor();
  await page.getByRole("definition").getByText("Room 2").waitFor();
  expect(await page.locator("time").first().getAttribute("datetime")).toBe(times.startsAt);
  expect(await link(page, "Join online").getAttribute("href")).toBe(onlineUrl);
  await expectAccessible(page, "changed");
  await button(page, "Got it").click();
  await expect.poll(() => notice.count(), SOON).toBe(0);

  const cancel = { eventId, reason: "The hall is flooded." };
  await resultOf(operation("CancelEvent"), cancel, olga.token);
  await page.getByText("The hall is flooded.").waitFor();
  expect(await button(page, "Cancel registration").count()).toBe(0);
  await expectAccessible(page, "cancelled");
  await choose(page, "My registrations", "menuitem");
  await heading(page, "My registrations").waitFor();
  await page.getByRole("listitem").filter({ hasText: "This event is cancelled" }).waitFor();
  await expectAccessible(page, "registrations");
});

scenario("who waits moves up on the open page, and may cancel and come again", async (stage) => {
  const [olga, ada, bob] = await Promise.all([aPerson(), aPerson(), aPerson("Bob")]);
  const eventId = await anEvent(olga.token, { title: "Small evening", capacity: 1 });
  await register(bob.token, eventId);
  const { page } = await stage.visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url(`events/${eventId}`));
  await heading(page, "Se connecter").waitFor();
  await field(page, "Adresse e-mail").fill(ada.email);
  await field(page, "Mot de passe").fill(ada.password);
  await button(page, "Se connecter").click();
  await heading(page, "Small evening").waitFor();
  await button(page, "Rejoindre la liste d’attente").click();
  await page.getByText("Numéro 1 sur la liste d’attente").waitFor();
  await expectAccessible(page, "waiting");
  await resultOf(UPDATE, { eventId, capacity: 2 }, olga.token);
  await page.getByText("Vous venez").waitFor();
  await button(page, "Annuler l’inscription").click();
  await expectAccessible(page, "asking");
  await button(page.getByRole("alertdialog"), "Annuler l’inscription").click();
  await button(page, "S’inscrire").click();
  await page.getByText("Vous venez").waitFor();
});

scenario("a draft and an unknown event are not found", async ({ visitor }) => {
  const [olga, ada] = await Promise.all([aPerson(), aPerson()]);
  const draft = await anEvent(olga.token, { isDraft: true });
  const { page } = await visitor("ada");
  await signIn(page, site(), ada, { path: `events/${draft}`, shows: "There is nothing here" });
  await page.goto(site().url("events?search=zzzzzz"));
  await page.getByText("No event found").waitFor();
  await link(page, "All events").click();
  await expect.poll(() => page.url(), SOON).toBe(site().url("events"));
});
