// Guarantees about an event in other hands: the calendar file that a reader gets, the links to
// calendars of the web, and the link that they pass on.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { anEvent, aPerson } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, fill, heading, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();

const item = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true });

/** The file as a calendar reads it: its name, and the values of its lines. */
async function download(page: Page) {
  await button(page, "Add to calendar").click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    item(page, "Calendar file (.ics)").click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  const lines = text.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
  const values = lines.map((line) => [line.slice(0, line.indexOf(":")), line] as const);
  return { name: file.suggestedFilename(), text, values: Object.fromEntries(values) };
}

scenario("the calendar file is the event as it is now, under one id", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Lovelace")];
  const title = "Tea, cake; & \\ talks — 語り合う夕べ";
  const startsInMs = 48 * 3_600_000;
  const options = { venue: "Café Łódź, 2nd floor", description: "One\nTwo", startsInMs };
  const eventId = await anEvent(olga.token, { title, ...options });
  const { page } = await visitor("ada", { size: PHONE });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(site().url()).origin && origin !== "null") elsewhere.push(origin);
  });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: title });
  const first = await download(page);
  expect(first.name).toBe("Tea-cake-talks-語り合う夕べ.ics");
  expect(first.values).toMatchObject({
    UID: `UID:${eventId}@localhost`,
    SUMMARY: "SUMMARY:Tea\\, cake\\; & \\\\ talks — 語り合う夕べ",
    LOCATION: "LOCATION:Café Łódź\\, 2nd floor",
    DESCRIPTION: `DESCRIPTION:One\\nTwo\\n\\n${site().url(`events/${eventId}`)}`,
    STATUS: "STATUS:CONFIRMED",
  });
  const startsAt = await page.locator("time").first().getAttribute("datetime");
  const utc = startsAt?.replaceAll(/[-:]|\.\d+/g, "");
  expect(first.values.DTSTART).toBe(`DTSTART:${utc}`);

  await button(page, "Add to calendar").click();
  const google = await item(page, "Google Calendar").getAttribute("href");
  expect(new URL(google ?? "").searchParams.get("text")).toBe(title);
  const outlook = item(page, "Outlook on the web");
  expect(await outlook.getAttribute("rel")).toBe("noreferrer");
  expect(await outlook.getAttribute("target")).toBe("_blank");
  await expectAccessible(page, "calendars");
  await page.keyboard.press("Escape");
  await expect.poll(() => item(page, "Google Calendar").count(), SOON).toBe(0);

  await resultOf(operation("UpdateEvent"), { eventId, venue: "Room 2" }, olga.token);
  await page.getByRole("definition").getByText("Room 2").waitFor();
  const second = await download(page);
  expect(second.values).toMatchObject({ UID: first.values.UID, LOCATION: "LOCATION:Room 2" });
  const sequenceOf = ({ values }: typeof first) => Number(values.SEQUENCE?.split(":")[1]);
  expect(sequenceOf(second)).toBeGreaterThan(sequenceOf(first));
  await resultOf(operation("CancelEvent"), { eventId, reason: "Flooded." }, olga.token);
  await page.getByText("Flooded.").waitFor();
  const third = await download(page);
  expect(third.values).toMatchObject({ UID: first.values.UID, STATUS: "STATUS:CANCELLED" });
  expect(sequenceOf(third)).toBeGreaterThan(sequenceOf(second));
  expect(elsewhere).toEqual([]);
});

scenario("a shared link leads through signing in to the event", async ({ visitor }) => {
  const [olga, ada, bob] = [await aPerson(), await aPerson("Ada Lovelace"), await aPerson("Bob")];
  const eventId = await anEvent(olga.token, { title: "Evening to share" });
  const hers = await visitor("ada");
  await hers.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(hers.page, site(), ada, { path: `events/${eventId}`, shows: "Evening to share" });
  await button(hers.page, "Share").click();
  await hers.page.getByText("The link is copied.").first().waitFor();
  const link = await hers.page.evaluate<string>("navigator.clipboard.readText()");
  expect(link).toBe(site().url(`events/${eventId}`));

  const his = await visitor("bob", { size: PHONE });
  // This browser has no sheet of a device: what it would get is kept.
  await his.page.addInitScript(
    "navigator.canShare = () => true; navigator.share = async (given) => { window.given = given; };",
  );
  await his.page.goto(link);
  await heading(his.page, "Sign in").waitFor();
  await fill(his.page, { "Email address": bob.email, Password: bob.password });
  await button(his.page, "Sign in").click();
  await heading(his.page, "Evening to share").waitFor();
  expect(his.page.url()).toBe(link);
  await button(his.page, "Share").click();
  await expect
    .poll(() => his.page.evaluate("window.given"), SOON)
    .toEqual({ title: "Evening to share", url: link });
});
