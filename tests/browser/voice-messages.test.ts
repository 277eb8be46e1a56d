// Guarantees about voice messages: what one records, another hears, one recording at a time; and a
// microphone that is refused says so.
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { expectChecked } from "./files.ts";
import { aGroup } from "./people.ts";
import { button, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, type Stage, scenario, type VisitorOptions } from "./stage.ts";

const site = useSite();

async function aTalk() {
  const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
  return { ada, grace, path: `conversations/${await aGroup("Talk", ada, [grace])}` };
}

async function recordedBy(stage: Stage, options: VisitorOptions) {
  const talk = await aTalk();
  const { page } = await stage.visitor("ada", { size: PHONE, ...options });
  await signIn(page, site(), talk.ada, { path: talk.path, shows: "Talk" });
  await button(page, "Record a voice message").click();
  return { ...talk, page };
}

/** How many recordings of a page are being heard. */
const heard = (within: Locator) => within.getByRole("button", { name: "Pause" }).count();

scenario(
  "a voice message is recorded, heard before it is sent, and heard by others",
  async (stage) => {
    const { page, grace, path } = await recordedBy(stage, { microphone: "allowed" });
    const recorder = page.getByRole("group", { name: "Voice message" });
    await recorder.getByText("Recording, 0:02").waitFor();
    await expectAccessible(page, "a recording");
    await button(recorder, "Stop recording").click();
    await button(recorder, "Play").click();
    await button(recorder, "Pause").waitFor();
    await button(recorder, "Send voice message").click();
    await button(page, "Record a voice message").click();
    await recorder.getByText("Recording, 0:01").waitFor();
    await button(recorder, "Stop recording").click();
    await button(recorder, "Send voice message").click();

    const other = await stage.visitor("grace", { size: DESK });
    await signIn(other.page, site(), grace, { path, shows: "Talk" });
    const { log } = chatOf(other.page);
    await expect.poll(() => log.getByRole("article").count(), SOON).toBe(2);
    await expectChecked(log);
    const [first, second] = [log.getByRole("article").first(), log.getByRole("article").last()];
    await expectAccessible(other.page, "voice messages");
    await other.page.setViewportSize(DESK);
    await button(first, "Play").click();
    await expect.poll(() => heard(first), SOON).toBe(1);
    const position = first.getByRole("slider", { name: "Position" });
    await position.press("End");
    await expect.poll(() => heard(first), SOON).toBe(0);
    await button(first, "Play").click();
    await expect.poll(() => heard(first), SOON).toBe(1);
    await button(second, "Play").click();
    await expect.poll(async () => [await heard(first), await heard(second)], SOON).toEqual([0, 1]);
    await other.page.goto(site().url());
    await other.page.getByText(/^Ada Lovelace: 🎤 Voice message, 0:0\d$/).waitFor();
  },
);

scenario("a recording that is discarded is not sent", async (stage) => {
  const { page } = await recordedBy(stage, { microphone: "allowed" });
  const recorder = page.getByRole("group", { name: "Voice message" });
  await recorder.getByText("Recording, 0:01").waitFor();
  await page.keyboard.press("Escape");
  const { box, log } = chatOf(page);
  await box.waitFor();
  expect(await log.getByRole("article").count()).toBe(0);
});

scenario("a microphone that is refused says what to do", async (stage) => {
  const { page } = await recordedBy(stage, { microphone: "refused" });
  const recorder = page.getByRole("group", { name: "Voice message" });
  await recorder.getByText(/^The microphone is blocked\./).waitFor();
  await button(recorder, "Discard recording").click();
  await chatOf(page).box.waitFor();
});
