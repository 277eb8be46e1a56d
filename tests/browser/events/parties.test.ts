// Guarantees about the number of seats of a registration in the app: it grows and shrinks, a
// refusal is at the field, and who waits keeps their place.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { anEvent, aPerson, aRegistration, cancelRegistration } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, field, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();
const SIZE = "Number of seats";

async function choose(page: Page, size: number): Promise<void> {
  await button(page, "Change the number of seats").click();
  await field(page, SIZE).selectOption(String(size));
}

const seats = (page: Page, text: string) => page.getByText(text, { exact: true });

scenario("a party shrinks and grows, and each refusal is at its field", async (stage) => {
  const people = ["Olga", "Ada", "Bob", "Cem"].map((name) => aPerson(name));
  const [olga, ada, bob, cem] = await Promise.all(people);
  if (!(olga && ada && bob && cem)) throw new Error("four people");
  const eventId = await anEvent(olga.token, { title: "Party evening", capacity: 4 });
  await aRegistration(ada.token, eventId, { partySize: 2 });
  await aRegistration(cem.token, eventId);
  const waiting = await aRegistration(bob.token, eventId, { partySize: 3 });
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Party evening" });
  await expect.poll(() => page.getByRole("img", { name: /QR code/ }).count(), SOON).toBe(2);

  await choose(page, 3);
  await page.getByText("You get more seats only while they are free").waitFor();
  await button(page, "Save").click();
  await expectViolation(field(page, SIZE), "People on the waitlist get free seats first.");
  await expectAccessible(page, "size refused");
  await cancelRegistration(bob.token, waiting.id);
  await button(page, "Save").click();
  await seats(page, "3 seats").waitFor();
  await expect.poll(() => page.getByRole("img", { name: /QR code/ }).count(), SOON).toBe(3);

  await choose(page, 4);
  await button(page, "Save").click();
  await expectViolation(field(page, SIZE), "No more seats are free.");
  await resultOf(operation("UpdateEvent"), { eventId, partySizeMax: 3 }, olga.token);
  await button(page, "Save").click();
  await expectViolation(field(page, SIZE), "A party has at most 3 seats here.");

  await field(page, SIZE).selectOption("1");
  await page.getByText("2 seats go to others. You may not get them again.").waitFor();
  await button(page, "Save").click();
  await seats(page, "1 seat").waitFor();
  await expect.poll(() => page.getByRole("img", { name: /QR code/ }).count(), SOON).toBe(1);
  await choose(page, 2);
  await button(page, "Cancel").click();
  await seats(page, "1 seat").waitFor();
});

scenario(
  "who waits keeps the place with a larger party, and fits with a smaller",
  async (stage) => {
    const [olga, ada, bob] = await Promise.all([aPerson("Olga"), aPerson("Ada"), aPerson("Bob")]);
    const eventId = await anEvent(olga.token, { title: "Waiting evening", capacity: 3 });
    await aRegistration(bob.token, eventId, { partySize: 2 });
    await aRegistration(ada.token, eventId, { partySize: 2 });
    const { page } = await stage.visitor("ada", { locale: "fr-FR" });
    await page.goto(site().url(`events/${eventId}`));
    await field(page, "Adresse e-mail").fill(ada.email);
    await field(page, "Mot de passe").fill(ada.password);
    await button(page, "Se connecter").click();
    await page.getByText("Numéro 1 sur la liste d’attente").waitFor();
    const size = field(page, "Nombre de places");
    await button(page, "Modifier le nombre de places").click();
    await size.selectOption("3");
    await page.getByText("de plus petits groupes peuvent passer avant vous.").waitFor();
    await button(page, "Enregistrer").click();
    await seats(page, "3 places").waitFor();
    await page.getByText("Numéro 1 sur la liste d’attente").waitFor();
    await button(page, "Modifier le nombre de places").click();
    await size.selectOption("1");
    await page.getByText("aurez peut-être des places plus tôt.").waitFor();
    await button(page, "Enregistrer").click();
    await page.getByText("Vous venez").waitFor();
    await seats(page, "1 place").waitFor();
  },
);

scenario("registering for more seats than there are is refused at the field", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada")]);
  const options = { title: "Short evening", capacity: 3, hasWaitlist: false };
  const eventId = await anEvent(olga.token, options);
  await aRegistration(olga.token, eventId);
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Short evening" });
  await field(page, SIZE).selectOption("3");
  await button(page, "Register").click();
  await expectViolation(field(page, SIZE), "Only 2 seats are free, and there is no waitlist.");
  await expect.poll(() => field(page, SIZE).evaluate((node) => node.matches(":focus"))).toBe(true);
  await field(page, SIZE).selectOption("2");
  await button(page, "Register").click();
  await page.getByText("You are coming", { exact: true }).waitFor();
});
