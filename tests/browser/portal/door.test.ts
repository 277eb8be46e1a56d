// Guarantees about the scanner of the portal: tickets by camera and by code, with and without a
// network, at two gates at once.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { writeCamera } from "../../kit/camera.ts";
import { anOpenDoor, doorCounts, ownRegistration, ticketsFor } from "../../kit/door.ts";
import { aPerson, aRegistration } from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { expectAccessible } from "../axe.ts";
import { button } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { LINE_IS_CUT } from "../watch.ts";
import { atDesk } from "./desk.ts";

const site = useSite();

const answer = (page: Page) => page.locator("[data-tone] [role=status]");

async function says(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await answer(page).getByText(text).waitFor();
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code of the ticket").fill(code);
  await button(page, "Check in").click();
}

const come = (page: Page, count: number) =>
  expect.poll(() => page.getByTestId("come").locator("strong").innerText(), SOON).toBe(`${count}`);

scenario("a ticket is let in by the camera, once, and both gates count it", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
  const eventId = await anOpenDoor(olga, { title: "Open door" });
  const { codes } = await ticketsFor(ada, eventId, 2);
  const folder = await mkdtemp(join(tmpdir(), "camera-"));
  const camera = join(folder, "ticket.y4m");
  await writeCamera(camera, codes[0] ?? "");
  const north = await visitor("north", { camera });
  await atDesk(north.page, site(), olga, `events/${eventId}/door`, "Open door");
  const south = await visitor("south");
  await atDesk(south.page, site(), olga, `events/${eventId}/door`, "Open door");
  await south.page.getByLabel("Name of this gate").fill("South");
  await button(north.page, "Scan with the camera").click();
  await says(north.page, "Come in", "Ada Guest", "Person 1 of 2");
  await come(south.page, 1);
  await button(north.page, "Turn the camera off").click();
  await expectAccessible(north.page, "let in");

  await enter(south.page, codes[1] ?? "");
  await says(south.page, "Come in", "Person 2 of 2");
  await come(north.page, 2);
  await enter(north.page, codes[1]?.toLowerCase() ?? "");
  await says(north.page, "Already checked in", "Gate South", "Ada Guest");
  await enter(north.page, "not a ticket");
  await says(north.page, "Not valid", "This is no ticket of Meetinity.");
  await expectAccessible(north.page, "refused");

  await south.page.getByLabel("People", { exact: true }).fill("2");
  await button(south.page, "Let in").click();
  await says(south.page, "2 people without a registration");
  await button(south.page, "Undo").click();
  await says(south.page, "Taken back");
  expect(await doorCounts(eventId)).toMatchObject({ counted: 2, recounted: 2, taken: 2 });
  await rm(folder, { recursive: true });
});

scenario(
  "without a network a gate lets in by its list, and sends it later",
  async ({ visitor }) => {
    const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
    const eventId = await anOpenDoor(olga, { title: "Far away" });
    const { codes } = await ticketsFor(ada, eventId, 3);
    const [north, south] = [await visitor("north", { size: PHONE }), await visitor("south")];
    for (const { page, announce } of [north, south]) {
      announce(...LINE_IS_CUT);
      await atDesk(page, site(), olga, `events/${eventId}/door`, "Far away");
      await come(page, 0);
      await page.context().setOffline(true);
    }
    await enter(north.page, codes[0] ?? "");
    await says(north.page, "Come in", "Ada Guest", "Decided without the network");
    await north.page.getByText("No network.").waitFor();
    await north.page.getByText("One to send when the network is back").waitFor();
    await expectAccessible(north.page, "offline");
    await enter(north.page, codes[0] ?? "");
    await says(north.page, "Already checked in");
    await enter(north.page, codes[0]?.replace(/.$/, "A").replace(/^.{40}/, "B".repeat(40)) ?? "");
    await says(north.page, "Not valid");
    await enter(south.page, codes[0] ?? "");
    await says(south.page, "Come in");
    await enter(south.page, codes[1] ?? "");
    await says(south.page, "Come in", "Person 2 of 3");

    await north.page.context().setOffline(false);
    await come(north.page, 1);
    await south.page.context().setOffline(false);
    await come(south.page, 2);
    await south.page
      .getByText("One that this gate let in was refused or was in already.")
      .waitFor();
    await south.page.getByRole("heading", { name: "Let in twice" }).waitFor();
    expect(await doorCounts(eventId)).toMatchObject({ counted: 2, recounted: 2, conflicts: 1 });
    // It was let in offline, and the server knows it by now.
    await button(south.page, "Undo").click();
    await come(north.page, 1);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, conflicts: 1 });
  },
);

scenario("a gate says what is to pay, also without a network", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
  const eventId = await anOpenDoor(olga, { title: "Paid door" });
  const price = { amount: 1_250, currency: "EUR" };
  const { id: ticketTypeId } = await aTicketType(olga.token, eventId, { name: "Adult", price });
  await aRegistration(ada.token, eventId, { ticketTypeId, partySize: 2 });
  const { tickets } = await ownRegistration(ada.token, eventId);
  const { page, announce } = await visitor("north", { size: PHONE });
  announce(...LINE_IS_CUT);
  await atDesk(page, site(), olga, `events/${eventId}/door`, "Paid door");
  await come(page, 0);
  await enter(page, tickets[0]?.code ?? "");
  await says(page, "Come in", "Adult · €12.50 to pay here");
  await page.getByLabel("People", { exact: true }).fill("3");
  await page.getByLabel("Ticket type").selectOption("Adult");
  await button(page, "Let in").click();
  await says(page, "3 people without a registration", "Adult · €37.50 to pay here");
  await expectAccessible(page, "walk-in with a type");
  await page.context().setOffline(true);
  await enter(page, tickets[1]?.code ?? "");
  await says(page, "Decided without the network", "Adult · €12.50 to pay here");
  await page.context().setOffline(false);
  await come(page, 5);
  expect(await doorCounts(eventId)).toMatchObject({ counted: 5, recounted: 5, taken: 5 });
});
