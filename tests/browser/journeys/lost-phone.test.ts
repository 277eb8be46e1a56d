// The journey of a lost phone: at the desk its session ends, and the phone shows and opens nothing
// more; then the password is changed, and a second factor stands before the next sign-in.
import { expect } from "vitest";
import { chatOf } from "../chat.ts";
import { aMatchedPair, aMessage } from "../people.ts";
import { button, field, fill, heading, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario, type Visitor } from "../stage.ts";
import { turnOn } from "../two-steps.ts";

const site = useSite();
const NEW_PASSWORD = "seven purple kettles";
/** The router refuses the tokens of a session that has ended. */
const REFUSED = /\b401\b|WebSocket/;

/** All texts that the page keeps in its browser, but for the files of the app. */
const KEPT = `(async () => {
  const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const isFile = /\\.(?:js|css|svg|webmanifest)$/.test(new URL(request.url).pathname);
      if (!isFile) texts.push(await (await cache.match(request)).text());
    }
  }
  return texts.join();
})()`;
const kept = ({ page }: Visitor): Promise<string> => page.evaluate(KEPT);

scenario("a lost phone is signed out, shows nothing and opens nothing", async ({ visitor }) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const path = `conversations/${conversationId}`;
  const phone = await visitor("phone", { size: PHONE });
  const desk = await visitor("desk");
  await signIn(phone.page, site(), ada, { path, shows: "Grace Hopper" });
  await aMessage(grace, conversationId, "Secret grace-1.");
  await chatOf(phone.page).expectWords(["grace-1"]);
  const cookies = await phone.context.cookies(site().url("../session"));
  expect(cookies.some(({ httpOnly }) => httpOnly)).toBe(true);

  await signIn(desk.page, site(), ada, { path: "settings/devices", shows: "Devices" });
  phone.announce(REFUSED);
  const rows = desk.page.getByRole("list", { name: "Devices that are signed in" });
  const others = rows
    .getByRole("listitem")
    .filter({ hasNotText: "This device", hasText: "Chrome" });
  await button(others, /^Sign out Chrome/).click();
  await heading(phone.page, "Sign in").waitFor({ timeout: 5_000 });
  await phone.page.getByText("Your session on this device has ended").waitFor();
  await aMessage(grace, conversationId, "Another grace-2.");
  expect(await phone.page.locator("body").innerText()).not.toMatch(/grace-|Grace Hopper/);
  expect(await phone.page.title()).not.toContain("Grace");
  expect(await kept(phone)).not.toMatch(/grace-|Grace Hopper/);
  for (const address of [path, "", "profile", "registrations"]) {
    await phone.page.goto(site().url(address));
    await heading(phone.page, "Sign in").waitFor();
  }
  await phone.page.goBack();
  await heading(phone.page, "Sign in").waitFor();

  // Somebody who has copied the cookie of the phone gets no further with it.
  const thief = await visitor("thief");
  await thief.context.addCookies(cookies);
  await thief.page.goto(site().url(path));
  await heading(thief.page, "Sign in").waitFor();
  await desk.page.reload();
  await heading(desk.page, "Devices").waitFor();
});

scenario("after that, the old password and the new one alone open nothing", async ({ visitor }) => {
  const { ada } = await aMatchedPair();
  const [desk, phone] = [await visitor("desk"), await visitor("phone", { size: PHONE })];
  await signIn(phone.page, site(), ada);
  await signIn(desk.page, site(), ada, { path: "settings/security", shows: "Security" });
  phone.announce(REFUSED);
  const { page } = desk;
  await fill(page, { "Current password": ada.password, "New password": NEW_PASSWORD });
  await button(page, "Change the password").click();
  await page.getByText(/^Your password was changed/).waitFor();
  await heading(phone.page, "Sign in").waitFor({ timeout: 5_000 });
  const codes = await turnOn(page);

  await fill(phone.page, { "Email address": ada.email, Password: ada.password });
  await button(phone.page, "Sign in").click();
  await phone.page.getByText("The email address or the password is wrong.").waitFor();
  await fill(phone.page, { Password: NEW_PASSWORD });
  await button(phone.page, "Sign in").click();
  await heading(phone.page, "Enter your code").waitFor();
  await expect.poll(() => phone.page.getByRole("navigation").count(), SOON).toBe(0);
  await button(phone.page, "Use a recovery code").click();
  await field(phone.page, "Recovery code").fill(codes[0] ?? "");
  await button(phone.page, "Sign in").click();
  await heading(phone.page, "Conversations").waitFor();
});
