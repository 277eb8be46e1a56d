// Guarantees about addresses and languages: each screen has its own address and title, which a
// reload, the back button and a link keep; the page is in the reader's language.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { aPerson } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, choose, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("a link leads to its conversation, over the page of signing in", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const id = await aGroup("Compilers", ada, []);
  const path = `conversations/${id}`;
  const { page } = await visitor("ada");
  await signIn(page, site(), ada, { path, shows: "Compilers" });
  expect(page.url()).toBe(site().url(path));
  await page.reload();
  await heading(page, "Compilers").waitFor();
  expect(page.url()).toBe(site().url(path));
});

scenario("a link never leads out of the app", async ({ visitor }) => {
  const ada = await aPerson("Ada");
  for (const [at, to] of ["//elsewhere.test/", "https://elsewhere.test/"].entries()) {
    const { page } = await visitor(`ada-${at}`);
    await signIn(page, site(), ada, {
      path: `sign-in?to=${encodeURIComponent(to)}`,
      shows: /Conversations|There is nothing here/,
    });
    expect(page.url()).toContain(site().url());
  }
});

scenario("back and forward go from screen to screen, each with its title", async ({ visitor }) => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  await aGroup("Compilers", ada, [grace]);
  const { page } = await visitor("ada", { size: PHONE });
  const title = (text: string) => expect.poll(() => page.title(), SOON).toContain(text);
  await page.goto(site().url());
  await title("Sign in");
  await signIn(page, site(), ada);
  await title("Conversations");
  await link(page, /^Compilers/).click();
  await heading(page, "Compilers").waitFor();
  await title("Compilers");
  await button(page, "Details").click();
  await link(page.getByRole("dialog", { name: "Details" }), /Grace Hopper/).click();
  await heading(page, "Grace Hopper").waitFor();
  await title("Grace Hopper");
  await page.goBack();
  await heading(page, "Compilers").waitFor();
  await link(page, "Conversations").click();
  await heading(page, "Conversations").waitFor();
  await page.goBack();
  await heading(page, "Compilers").waitFor();
  await page.goForward();
  await heading(page, "Conversations").waitFor();
  // Signing in is done: going back does not show it again.
  expect(page.url()).toBe(site().url());
});

scenario("a wide window shows the list beside the conversation", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const id = await aGroup("Compilers", ada, []);
  const { page } = await visitor("ada", { size: DESK });
  await signIn(page, site(), ada, { path: `conversations/${id}`, shows: "Compilers" });
  const list = page.getByRole("list", { name: "Conversations" });
  await list.waitFor();
  const back = link(page.getByRole("main"), "Conversations");
  expect(await back.count()).toBe(0);
  await page.setViewportSize(PHONE);
  await expect.poll(() => list.isVisible(), SOON).toBe(false);
  await back.waitFor();
});

scenario("the page is in the browser's language, or in the chosen one", async ({ visitor }) => {
  const { page } = await visitor("ada", { locale: "fr-FR" });
  const language = () => page.locator("html").getAttribute("lang");
  await page.goto(site().url());
  await heading(page, "Se connecter").waitFor();
  expect(await language()).toBe("fr");
  await choose(page, "English", "menuitemradio");
  await heading(page, "Sign in").waitFor();
  expect(await language()).toBe("en");
  await page.reload();
  await heading(page, "Sign in").waitFor();
  expect(await language()).toBe("en");
  await expect.poll(() => page.title(), SOON).toContain("Sign in");
});

scenario("dates are in the language and the zone of the reader", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const id = await aGroup("Compilers", ada, []);
  await aMessage(ada, id, "Hello ada-1");
  const path = `conversations/${id}`;
  const zones = [];
  for (const timezone of ["Asia/Tokyo", "America/Los_Angeles"]) {
    const { page } = await visitor(timezone.replace("/", "-"), { timezone });
    await signIn(page, site(), ada, { path, shows: "Compilers" });
    const time = chatOf(page).message("ada-1").locator("time");
    zones.push({
      shown: await time.first().innerText(),
      at: await time.first().getAttribute("datetime"),
    });
  }
  const [tokyo, losAngeles] = zones;
  expect(tokyo?.at).toBe(losAngeles?.at);
  expect(tokyo?.shown).not.toBe(losAngeles?.shown);
});

scenario("what is not there, or not for this person, is said alike", async ({ visitor }) => {
  const [ada, stranger] = [await aPerson("Ada Lovelace"), await aPerson("Stranger")];
  const id = await aGroup("Compilers", ada, []);
  const { page } = await visitor("stranger");
  await signIn(page, site(), stranger);
  const notThere = "This conversation is not available to you.";
  for (const [path, said] of [
    ["nowhere", "There is nothing here"],
    [`conversations/${id}`, notThere],
    [`conversations/${newId()}`, notThere],
    ["conversations/nonsense", notThere],
    [`people/${newId()}`, /./],
    ["people/nonsense", /./],
  ] as const) {
    await page.goto(site().url(path));
    await heading(page, said).waitFor();
    await link(page, "To your conversations").click();
    await heading(page, "Conversations").waitFor();
  }
});
