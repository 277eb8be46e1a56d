// Guarantees about the picture of a person in the app: the part that they choose is what others
// see, a file that cannot be used says why, and a removed picture is gone.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { ownAvatar } from "../kit/uploads.ts";
import { expectAccessible } from "./axe.ts";
import { BLUE, edgesOf, file, RED, shownIn, wide } from "./pictures.ts";
import { button, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const dialog = (page: Page) => page.getByRole("dialog", { name: /Your picture|Votre photo/ });

const section = (page: Page) => page.getByRole("region", { name: /^(Picture|Photo)$/ });

async function choose(page: Page, chosen: ReturnType<typeof file>): Promise<void> {
  await dialog(page).locator("input[type=file]").first().setInputFiles(chosen);
}

/** As a browser does with what is in its clipboard, which tests cannot fill. */
const paste = (page: Page, contents: Buffer) =>
  page.evaluate(`
    const clipboardData = new DataTransfer();
    const bytes = new Uint8Array(${JSON.stringify([...contents])});
    clipboardData.items.add(new File([bytes], "p.png", { type: "image/png" }));
    const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true });
    document.activeElement.dispatchEvent(pasted);
  `);

scenario("a picture is cut, sent, seen by others, replaced, and removed", async (stage) => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
  await button(page, "Add a picture").click();
  await expectAccessible(page, "choosing a picture");
  await choose(page, file(Buffer.from("no picture")));
  await dialog(page).getByText("This file is no picture that can be read here.").waitFor();
  await choose(page, file(await wide));
  const frame = dialog(page).getByRole("region", { name: "Part of the picture that is shown" });
  await expect.poll(() => frame.evaluate((node) => node.matches(":focus")), SOON).toBe(true);
  await expectAccessible(page, "cutting a picture");
  for (let at = 0; at < 10; at += 1) await page.keyboard.press("ArrowLeft");
  await button(page, "Use this picture").click();
  await page.getByText("Your new picture is shown.").waitFor();
  expect(await edgesOf(await shownIn(page, section(page)))).toEqual([RED, RED]);

  const other = await stage.visitor("grace");
  await signIn(other.page, site(), grace, { path: `people/${ada.id}`, shows: "Ada Lovelace" });
  await shownIn(other.page);

  await button(page, "Change picture").click();
  await paste(page, await wide);
  const box = await frame.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => dialog(page).getByRole("slider").inputValue()).not.toBe("1");
  await page.mouse.down();
  await page.mouse.move(x - 400, y, { steps: 4 });
  await page.mouse.up();
  await button(page, "Use this picture").click();
  await expect
    .poll(async () => edgesOf((await ownAvatar(ada)).avatarUrl ?? ""), SOON)
    .toEqual([BLUE, BLUE]);

  await button(page, "Remove").click();
  await button(page.getByRole("alertdialog"), "Remove").click();
  await button(page, "Add a picture").waitFor();
  await other.page.reload();
  await heading(other.page, "Ada Lovelace").waitFor();
  await expect.poll(() => other.page.locator("main img").count(), SOON).toBe(0);
});

scenario("a picture that is refused says why, in French too", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { locale: "fr-FR" });
  await signInInFrench(page, ada);
  await button(page, "Ajouter une photo").click();
  await choose(page, file(await wide));
  // One byte is another one when it arrives.
  await page.route("**/*", async (route, request) => {
    const body = request.method() === "PUT" ? request.postDataBuffer() : null;
    if (body) body[body.length - 9] = (body[body.length - 9] ?? 0) ^ 1;
    await route.continue(body ? { postData: body } : {});
  });
  await button(page, "Utiliser cette image").click();
  const refusal = page.getByRole("alert").filter({ hasText: "L’image a été refusée." });
  await refusal.getByText("L’image a été modifiée en chemin.").waitFor();
  await button(page, "Ajouter une photo").waitFor();
  expect(await ownAvatar(ada)).toMatchObject({
    avatarUrl: null,
    avatarUpload: { refusal: "HASH_MISMATCH" },
  });
});

async function signInInFrench(
  page: Page,
  { email, password }: { email: string; password: string },
) {
  await page.goto(site().url("profile"));
  await page.getByLabel("Adresse e-mail", { exact: true }).fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await button(page, "Se connecter").click();
  await heading(page, "Profil").waitFor();
}
