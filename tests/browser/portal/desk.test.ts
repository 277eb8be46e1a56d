// Guarantees about the frame of the portal: to whom it belongs, its languages, and its session.
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anEvent, aPerson, type Person } from "../../kit/stories.ts";
import { button, choose, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { atDesk, row } from "./desk.ts";

const site = useSite();

/** Somebody without any role of the portal. */
async function aMember(): Promise<Person> {
  const person = await aPerson("Mel");
  await withDatabase("users", (client) =>
    client.query("delete from role_grant where user_id = $1 and role = 'ORGANIZER'", [person.id]),
  );
  return person;
}

const NOT_YOURS = "This is not for your account";

scenario("a person without a role reads that the portal is not theirs", async ({ visitor }) => {
  const { page } = await visitor("mel");
  await signIn(page, site().portal, await aMember(), { shows: NOT_YOURS });
  for (const path of ["events", "people", "operations/jobs"]) {
    await page.goto(site().portal.url(path));
    await heading(page, NOT_YOURS).waitFor();
  }
  expect(await page.getByRole("navigation").count()).toBe(0);
  await link(page, "To the app").click();
  await heading(page, "Conversations").waitFor();
});

scenario("each role has its own places, and reads so at others'", async ({ visitor }) => {
  const organizer = await visitor("organizer");
  await atDesk(organizer.page, site(), await aPerson("Olga"), "", "My events");
  const places = organizer.page.getByRole("navigation", { name: "Portal" });
  expect(await places.getByRole("link").allInnerTexts()).toEqual(["Events"]);
  for (const path of ["people", "names", "operations/erasures"]) {
    await organizer.page.goto(site().portal.url(path));
    await heading(organizer.page, NOT_YOURS).waitFor();
  }
  const moderator = await visitor("moderator");
  await atDesk(moderator.page, site(), await aPersonWho("MODERATOR"), "people", "People");
  await moderator.page.goto(site().portal.url("operations/jobs"));
  await heading(moderator.page, NOT_YOURS).waitFor();
});

scenario("a host of an event has its page without a role", async ({ visitor }) => {
  const [olga, mel] = [await aPerson("Olga"), await aMember()];
  const eventId = await anEvent(olga.token, { title: "Hosted evening" });
  const input = { eventId, userId: mel.id, rights: [] };
  await dataOf(operation("AddHost"), { input }, { as: olga.token });
  const { page } = await visitor("mel");
  await atDesk(page, site(), mel, "", "My events");
  expect(await link(page, "New event").count()).toBe(0);
  await row(page, "Hosted evening").getByRole("link").click();
  await page.getByText("You may not see the registrations of this event.").waitFor();
});

scenario("the portal speaks French, and remembers the choice", async ({ visitor }) => {
  const olga = await aPerson("Olga");
  const { page } = await visitor("olga", { locale: "fr-FR" });
  await page.goto(site().portal.url());
  await heading(page, "Se connecter").waitFor();
  await page.getByLabel("Adresse e-mail", { exact: true }).fill(olga.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(olga.password);
  await button(page, "Se connecter").click();
  await heading(page, "Mes événements").waitFor();
  await choose(page, "English", "menuitemradio");
  await heading(page, "My events").waitFor();
  await page.reload();
  await heading(page, "My events").waitFor();
  await expect.poll(() => page.title(), SOON).toBe("My events · Meetinity Admin");
});

scenario("portal and app share a session, and a sign-out ends it in both", async ({ visitor }) => {
  const { page, newTab } = await visitor("olga");
  await atDesk(page, site(), await aPerson("Olga"), "", "My events");
  const app = await newTab();
  await app.goto(site().url());
  await heading(app, "Conversations").waitFor();
  await choose(page, "Sign out", "menuitem");
  await heading(page, "Sign in").waitFor();
  await heading(app, "Sign in").waitFor();
});

scenario("a link leads to its page over the page of signing in, on a phone too", async (stage) => {
  const olga = await aPerson("Olga");
  const eventId = await anEvent(olga.token, { title: "Linked evening" });
  const { page } = await stage.visitor("olga", { size: PHONE });
  await atDesk(page, site(), olga, `events/${eventId}/details`, "Linked evening");
  expect(page.url()).toBe(site().portal.url(`events/${eventId}/details`));
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.width);
});
