// Guarantees about texts of people that run from right to left, in a page that runs from left to
// right: they have their own direction, and nothing beside them moves.
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { anEvent, aPerson } from "../kit/stories.ts";
import { aGroup, aMessage } from "./people.ts";
import { heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, scenario } from "./stage.ts";

const site = useSite();

const NAME = "אבי כהן";
const TITLE = "ארוחת ערב (3)";
const BODY = "שלום עולם, אנחנו 3 אנשים!";

const directionOf = (text: Locator) =>
  text.evaluate(
    (element) => element.ownerDocument.defaultView?.getComputedStyle(element).direction,
  );

/** The place of the left edge. */
async function leftOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.x ?? Number.NaN;
}

scenario(
  "a conversation shows names, titles and messages in their own direction",
  async (stage) => {
    const [ada, avi] = [await aPerson("Ada Lovelace"), await aPerson(NAME)];
    const group = await aGroup(TITLE, ada, [avi]);
    await aMessage(avi, group, BODY);
    await aMessage(ada, group, "Good evening, 3 of us.");
    const { page } = await stage.visitor("ada", { size: DESK });
    await signIn(page, site(), ada, { path: `conversations/${group}`, shows: TITLE });
    expect(await directionOf(page.locator("html"))).toBe("ltr");
    const log = page.getByRole("log", { name: "Messages" });
    await log.getByText(BODY).waitFor();
    expect(await directionOf(log.getByText(BODY))).toBe("rtl");
    expect(await directionOf(log.getByText("Good evening, 3 of us."))).toBe("ltr");
    expect(await directionOf(heading(page, TITLE))).toBe("rtl");
    // The row of the list keeps its order: the title, and behind it the time.
    const row = page.getByRole("list", { name: "Conversations" }).getByRole("link").first();
    const title = row.getByText(TITLE);
    expect(await directionOf(title)).toBe("rtl");
    expect(await leftOf(title)).toBeLessThan(await leftOf(row.locator("time")));
  },
);

scenario("an event and its organizer keep their direction on a phone", async (stage) => {
  const avi = await aPerson(NAME);
  const description = "מפגש של שעתיים. 20 מקומות.";
  const eventId = await anEvent(avi.token, { title: TITLE, description });
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: TITLE });
  expect(await directionOf(heading(page, TITLE))).toBe("rtl");
  expect(await directionOf(page.getByText(description))).toBe("rtl");
  const organizer = page.getByRole("link", { name: NAME });
  expect(await leftOf(organizer)).toBeLessThan(PHONE.width / 2);
});
