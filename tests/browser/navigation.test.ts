// Guarantees about the navigation: it leads to each section, marks the one that is open, tells
// unread messages, and leaves the whole screen of a phone to a conversation.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const sections = (page: Page) => page.getByRole("navigation", { name: "Sections" });

const SECTIONS = [
  ["Events", "Events"],
  ["People", "People to meet"],
  ["Profile", "Profile"],
  ["Conversations", "Conversations"],
] as const;

for (const [where, size] of [
  ["phone", PHONE],
  ["desk", DESK],
] as const) {
  scenario(
    `each section is one step away, and marked while it is open (${where})`,
    async (stage) => {
      const ada = await aPerson("Ada Lovelace");
      const { page } = await stage.visitor("ada", { size });
      await signIn(page, site(), ada);
      const box = await sections(page).boundingBox();
      if (where === "phone") expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(size.height, 0);
      else expect(box?.x).toBe(0);
      for (const [name, title] of SECTIONS) {
        await link(sections(page), name).click();
        await heading(page, title).waitFor();
        const marked = sections(page).locator("[aria-current]");
        await expect.poll(() => marked.allInnerTexts(), SOON).toEqual([name]);
        expect(await marked.getAttribute("aria-current")).toBe("page");
      }
      // A page of a section marks it too, one's own card that of the profile.
      for (const [path, title, name] of [
        ["registrations", "My registrations", "Events"],
        ["people/matches", "Matches", "People"],
        ["settings/account", "Account", "Profile"],
        ["settings/devices", "Devices", "Profile"],
        [`people/${ada.id}`, "Ada Lovelace", "Profile"],
      ] as const) {
        await page.goto(site().url(path));
        await heading(page, title).waitFor();
        const marked = sections(page).locator("[aria-current=true]");
        await expect.poll(() => marked.allInnerTexts(), SOON).toEqual([name]);
      }
    },
  );
}

scenario(
  "unread messages are told on every page, and a conversation has the screen",
  async (stage) => {
    const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
    const id = await aGroup("Compilers", grace, [ada]);
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
    await aMessage(grace, id, "Hello grace-1.");
    await expect.poll(() => sections(page).getByText("1 unread").count(), SOON).toBe(1);
    await link(sections(page), /Conversations/).click();
    await link(page, /^Compilers/).click();
    await chatOf(page).box.waitFor();
    expect(await sections(page).isVisible()).toBe(false);
    await page.setViewportSize(DESK);
    await sections(page).waitFor();
    await expect.poll(() => sections(page).getByText("unread").count(), SOON).toBe(0);
  },
);

scenario("there is no navigation before signing in", async ({ visitor }) => {
  const { page } = await visitor("ada");
  await page.goto(site().url());
  await heading(page, "Sign in").waitFor();
  expect(await sections(page).count()).toBe(0);
});
