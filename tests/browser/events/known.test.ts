// Guarantees about the people whom a reader knows at an event: both see each other, with the way to
// write, until one hides.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, resultOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, register } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { aMatchedPair } from "../people.ts";
import { button, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, scenario } from "../stage.ts";

const site = useSite();

const known = (page: Page) => page.getByRole("list", { name: "People you know who come" });

scenario("matches who come see each other on the open page, until one hides", async (stage) => {
  const { ada, grace } = await aMatchedPair();
  const eventId = await anEvent(ada.token, { title: "Evening of engines" });
  await untilRows("matching", "select from event where id = $1", [eventId], 1);
  const hers = await stage.visitor("ada");
  await signIn(hers.page, site(), ada, { path: `events/${eventId}`, shows: "Evening of engines" });
  const his = await stage.visitor("grace", { size: PHONE });
  await signIn(his.page, site(), grace, { path: `events/${eventId}`, shows: "Evening of engines" });
  await known(his.page).getByText("Organizes this event").waitFor();
  await link(known(his.page), "Ada Lovelace").waitFor();
  expect(await known(hers.page).count()).toBe(0);

  await register(grace.token, eventId);
  await link(known(hers.page), "Grace Hopper").waitFor();
  await expectAccessible(hers.page, "known");
  const page = await dataOf<{ event: { viewerRegistration: { id: string } } }>(
    operation("EventPage"),
    { id: eventId },
    { as: grace.token },
  );
  const registrationId = page.event.viewerRegistration.id;
  await resultOf(operation("ChangeVisibility"), { registrationId, isHidden: true }, grace.token);
  await expect.poll(() => known(hers.page).count(), { timeout: 40_000 }).toBe(0);
  await button(known(his.page), "Message Ada Lovelace").click();
  await heading(his.page, "Ada Lovelace").waitFor();
  expect(his.page.url()).toContain("/conversations/");
});
