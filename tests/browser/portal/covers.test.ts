// Guarantees about covers of events: an organizer cuts one out of a picture and sees it beside the
// form, everybody sees it in lists and on the event, and a removed one is a drawing again.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { coverOf } from "../../kit/uploads.ts";
import { expectAccessible } from "../axe.ts";
import { BLUE, edgesOf, file, RED, shownIn, wide } from "../pictures.ts";
import { button, field, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

const section = (page: Page) => page.getByRole("region", { name: "Cover" });
const preview = (page: Page) => page.getByRole("complementary", { name: "As others see it" });

async function choose(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Cover of the event" });
  await dialog
    .locator("input[type=file]")
    .first()
    .setInputFiles(file(await wide));
  await dialog.getByRole("region", { name: "Part of the picture that is shown" }).waitFor();
}

scenario(
  "a cover is cut, sent, previewed, seen by everybody, replaced and removed",
  async (stage) => {
    const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
    const title = `Evening ${olga.id}`;
    const eventId = await anEvent(olga.token, { title });
    await aRegistration(ada.token, eventId);
    const { page } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${eventId}/edit`, title);
    await button(page, "Add a cover").click();
    await choose(page);
    await expectAccessible(page, "cutting a cover");
    for (let at = 0; at < 10; at += 1) await page.keyboard.press("+");
    for (let at = 0; at < 10; at += 1) await page.keyboard.press("ArrowLeft");
    await button(page, "Use this picture").click();
    await page.getByText("The new cover is shown.").waitFor();
    expect(await edgesOf(await shownIn(page, section(page)))).toEqual([RED, RED]);
    await shownIn(page, preview(page));
    await expectAccessible(page, "a cover beside the form");
    await field(page, "Title").fill(`${title}!`);
    await button(page, "Save").click();
    await heading(page, `${title}!`).waitFor();
    await link(page, "Events").click();
    await shownIn(page, row(page, title));

    const other = await stage.visitor("ada", { size: PHONE });
    await signIn(other.page, site(), ada, { path: `events/${eventId}`, shows: `${title}!` });
    await shownIn(other.page);
    await other.page.goto(site().url("registrations"));
    await heading(other.page, "My registrations").waitFor();
    await shownIn(other.page);
    await other.page.goto(site().url(`events?search=${encodeURIComponent(title)}`));
    await link(other.page, `${title}!`).waitFor();
    await shownIn(other.page);
    await expectAccessible(other.page, "covers in a list");

    await page.goto(site().portal.url(`events/${eventId}/edit`));
    await button(page, "Change cover").click();
    await choose(page);
    for (let at = 0; at < 10; at += 1) await page.keyboard.press("+");
    for (let at = 0; at < 20; at += 1) await page.keyboard.press("ArrowRight");
    await button(page, "Use this picture").click();
    await expect
      .poll(async () => edgesOf((await coverOf(olga, eventId))?.coverUrl ?? ""), SOON)
      .toEqual([BLUE, BLUE]);
    await page.getByText("The new cover is shown.").waitFor();

    await button(section(page), "Remove").click();
    await confirm(page, "Remove");
    await button(page, "Add a cover").waitFor();
    expect(await preview(page).locator("img").count()).toBe(0);
    await other.page.reload();
    await link(other.page, `${title}!`).waitFor();
    expect(await other.page.locator("main img").count()).toBe(0);
  },
);
