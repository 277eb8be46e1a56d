// Guarantees about pictures of groups in the app: an admin chooses one in the details, and others
// see it at once in the conversation and in their list; a removed one is gone.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aGroup } from "./people.ts";
import { file, shownIn, wide } from "./pictures.ts";
import { button, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const images = (page: Page, place: "banner" | "main") =>
  page.locator(place === "main" ? "main" : "main header").locator("img");

scenario("an admin chooses the picture of a group, and members see it at once", async (stage) => {
  const [ada, bob] = [await aPerson("Ada Lovelace"), await aPerson("Bob Bemer")];
  const id = await aGroup("Talk", ada, [bob]);
  const member = await stage.visitor("bob", { size: PHONE });
  await signIn(member.page, site(), bob);
  await member.page.getByRole("link", { name: /Talk/ }).waitFor();
  expect(await images(member.page, "main").count()).toBe(0);

  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `conversations/${id}`, shows: "Talk" });
  await button(page, "Details").click();
  await button(page, "Add a picture").click();
  const choosing = page.getByRole("dialog", { name: "Picture of the group" });
  await choosing
    .locator("input[type=file]")
    .first()
    .setInputFiles(file(await wide));
  await button(page, "Use this picture").click();
  await page.getByText("The new picture is shown.").waitFor();
  const section = page.getByRole("region", { name: "Picture" });
  await shownIn(page, section);
  await expectAccessible(page, "details of a group with a picture");
  await page.keyboard.press("Escape");
  await page.getByText("You changed the picture").waitFor();
  await expect.poll(() => images(page, "banner").count(), SOON).toBe(1);

  await expect.poll(() => images(member.page, "main").count(), SOON).toBe(1);
  await member.page.getByRole("link", { name: /Talk/ }).click();
  await heading(member.page, "Talk").waitFor();
  await member.page.getByText("Ada Lovelace changed the picture").waitFor();
  await button(member.page, "Details").click();
  await member.page.getByRole("heading", { name: "Members" }).waitFor();
  expect(await button(member.page, "Change picture").count()).toBe(0);
  await member.page.keyboard.press("Escape");

  await button(page, "Details").click();
  await button(section.page(), "Remove").first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("The picture is removed.").waitFor();
  await expect.poll(() => images(member.page, "banner").count(), SOON).toBe(0);
});
