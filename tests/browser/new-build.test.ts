// Guarantees about a new build of the app: a page that stays open hears of it, goes on without it,
// and loses nothing that is typed when it takes it.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject } from "vitest";
import { staticMountsOf } from "../../local/apps.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup } from "./people.ts";
import { isKept } from "./portal/kept.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { startSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

/** Gives all scripts other names in the list of the worker, as another build has them. */
async function deployAnother(folder: string): Promise<void> {
  const worker = join(folder, "sw.js");
  const script = await readFile(worker, "utf8");
  const names = new Set(script.match(/assets\/[\w.-]+\.js/g));
  expect(names.size).toBeGreaterThan(10);
  let next = script;
  for (const name of names) {
    const renamed = name.replace("assets/", "assets/newer-");
    await cp(join(folder, name), join(folder, renamed));
    next = next.replaceAll(name, renamed);
  }
  await writeFile(worker, next);
}

scenario("a page that stays open hears of a new build, and keeps what is typed", async (stage) => {
  const folder = await mkdtemp(join(tmpdir(), "app-"));
  await cp(inject("appFolders").app, folder, { recursive: true });
  const mounts = staticMountsOf({ ...inject("appFolders"), app: folder });
  const own = await startSite({ STATIC_MOUNTS: mounts });
  const ada = await aPerson("Ada");
  const talk = await aGroup("Compilers", ada, []);
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, own, ada, { path: `conversations/${talk}`, shows: "Compilers" });
  await isKept(page);
  await page.reload();
  await heading(page, "Compilers").waitFor();
  await deployAnother(folder);
  const index = join(folder, "index.html");
  const html = await readFile(index, "utf8");
  await writeFile(index, html.replace("<title>Meetinity", "<title>Newer Meetinity"));
  await page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())");
  await page.getByText("A new version is ready.").waitFor();
  await expectAccessible(page, "a new version");
  await chatOf(page).box.fill("Not sent yet");
  // The page goes on with the parts of its own build.
  await link(page, "Conversations").first().click();
  await heading(page, "Conversations").waitFor();
  await link(page, /^Compilers/).click();
  await expect.poll(() => chatOf(page).box.inputValue(), SOON).toBe("Not sent yet");
  await button(page, "Reload").click();
  await expect.poll(() => page.title(), SOON).toContain("Newer Meetinity");
  await heading(page, "Compilers").waitFor();
  expect(await chatOf(page).box.inputValue()).toBe("Not sent yet");
  // The open page would report that its server is gone.
  await page.close();
  await own.stop();
  await rm(folder, { recursive: true });
});
