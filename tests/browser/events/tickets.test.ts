// Guarantees about tickets in the app: one for each seat that scanners can read, which shows who
// has come, and new codes that make the old ones worthless.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { anOpenDoor, ownRegistration, scan, ticketsFor } from "../../kit/door.ts";
import { aPerson } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();

const codesOf = (page: Page) => page.getByRole("img", { name: /QR code of the ticket/ });

/** The width of a picture on the screen, and what is behind it: scanners read dark on light. */
const measured = (picture: Locator) =>
  picture.evaluate((node) => ({
    width: node.getBoundingClientRect().width,
    background: node.ownerDocument.defaultView?.getComputedStyle(node).backgroundColor,
  }));

scenario("a guest has a ticket for each person, and sees who has come", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
  const eventId = await anOpenDoor(olga, { title: "Tickets please", venue: "Room 7" });
  const { codes } = await ticketsFor(ada, eventId, 2);
  const { page } = await visitor("ada", { size: PHONE, theme: "dark" });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Tickets please" });
  await page.getByRole("heading", { name: "Your tickets" }).waitFor();
  await expect.poll(() => codesOf(page).count(), SOON).toBe(2);
  const { width, background } = await measured(codesOf(page).first());
  expect(width).toBeGreaterThan(200);
  expect(background).toBe("rgb(255, 255, 255)");
  const second = page.getByRole("listitem").filter({ hasText: "Person 2 of 2" });
  await second.getByText("Room 7").waitFor();
  await second.getByText("Show the code as text").click();
  const text = await second.locator("code").innerText();
  expect(text.replaceAll(" ", "")).toBe(codes[1]);
  await expectAccessible(page, "tickets");

  expect(await scan(olga.token, { code: codes[0] ?? "", eventId })).toMatchObject({
    __typename: "CheckInSuccess",
  });
  await page.getByText(/Checked in at/).waitFor();
  await page.getByText("You are there").waitFor();
  await button(page, "Get new codes").click();
  await button(page.getByRole("alertdialog"), "Get new codes").click();
  await page.getByText("Your tickets have new codes.").first().waitFor();
  expect(await scan(olga.token, { code: codes[1] ?? "", eventId })).toMatchObject({
    fault: "REPLACED",
  });
  const renewed = await ownRegistration(ada.token, eventId);
  const code = renewed.tickets[1]?.code ?? "";
  expect(code).not.toBe(codes[1]);
  expect(await scan(olga.token, { code, eventId })).toMatchObject({ __typename: "CheckInSuccess" });
});
