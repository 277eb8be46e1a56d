// Guarantees about pushes in the browser: the app's own service worker shows what the running
// system has sent, and a click leads to what it is about. A browser without a window subscribes at
// no push service: the device is registered by the API, and the browser's protocol brings the
// push.
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { PushService } from "../kit/push-service.ts";
import { aBrowser } from "../kit/pushes.ts";
import { stack } from "../kit/stack.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder, type Person } from "../kit/stories.ts";
import { browserKeys, startWebPushService } from "../kit/web-push-service.ts";
import { expectAccessible } from "./axe.ts";
import { isKept } from "./portal/kept.ts";
import { button, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const browser = browserKeys();
let service: PushService;
beforeAll(async () => {
  service = await startWebPushService(stack().keys.VAPID_PUBLIC_KEY, { ada: browser });
});
afterAll(() => service.stop());

const register = (person: Person) => aBrowser(person, browser, `${service.url}/push/ada`);

/** Delivers a push to the page's service worker, as the browser's push service would. */
async function pushTo(page: Page): Promise<(content: object) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  return async (content) => {
    const origin = new URL(page.url()).origin;
    const data = JSON.stringify(content);
    await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
  };
}

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

/** Notes what the worker asks to show: this browser has no place for notifications. */
const NOTE_SHOWN = `(() => {
  self.shown = [];
  const without = (tag) => self.shown.filter((each) => tag === "" || each.tag !== tag);
  self.registration.showNotification = async (title, { tag = "", ...options }) => {
    const close = () => { self.shown = self.shown.filter((each) => each !== notification); };
    const notification = { title, tag, ...options, close };
    self.shown = [...without(tag), notification];
  };
  self.registration.getNotifications = async ({ tag }) =>
    self.shown.filter((each) => each.tag === tag);
})()`;

const SHOWN = "self.shown.map(({ title, body, tag }) => ({ title, body, tag }))";

const CLICK = `(() => {
  const [notification] = self.shown;
  const event = Object.assign(new Event("notificationclick"), { notification });
  const opened = new Promise((resolve) => { event.waitUntil = resolve; });
  self.dispatchEvent(event);
  return opened;
})()`;

/** The service worker of a page that has one, with notes of what it shows. */
async function workerOf(page: Page) {
  await isKept(page);
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error("the page has no service worker");
  await worker.evaluate(NOTE_SHOWN);
  return {
    push: await pushTo(page),
    shown: () => worker.evaluate<Shown[]>(SHOWN),
    click: () => worker.evaluate(CLICK),
  };
}

scenario(
  "what the system pushes is shown, once for each tag, and a click opens it",
  async (stage) => {
    const ada = await aPerson("Ada");
    const organizer = await aTokenHolder();
    await register(ada);
    const eventId = await anEvent(organizer.token, { title: "Compilers" });
    await aRegistration(ada.token, eventId);
    await expect.poll(() => service.received.length, SOON).toBe(1);
    const content = service.received[0]?.content ?? {};

    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada);
    const { push, shown, click } = await workerOf(page);
    await push(content);
    await expect.poll(shown, SOON).toHaveLength(1);
    const [first] = await shown();
    expect(first).toMatchObject({ title: "Meetinity", tag: content.tag });
    expect(first?.body).toBe("You are registered for “Compilers”.");
    // The same again, and one that takes its place.
    await push(content);
    await push({ ...content, id: "other", body: "It begins later." });
    await expect
      .poll(async () => (await shown()).map(({ body }) => body), SOON)
      .toEqual(["It begins later."]);

    await click();
    await heading(page, "Compilers").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/app/events/${eventId}`);
    await expect.poll(shown, SOON).toEqual([]);
  },
);

scenario(
  "a push that is none of ours is shown as one that says nothing, and leads to the app",
  async (stage) => {
    const ada = await aPerson("Ada");
    const { page } = await stage.visitor("ada");
    await signIn(page, site(), ada);
    const { push, shown, click } = await workerOf(page);
    await push({ title: 7, path: "https://evil.example/" });
    await expect.poll(shown, SOON).toMatchObject([{ title: "Meetinity", body: "" }]);
    await click();
    await expect.poll(shown, SOON).toEqual([]);
    expect(page.url().startsWith(site().url())).toBe(true);
  },
);

scenario(
  "the settings tell why a browser cannot have them, and remove other devices",
  async (stage) => {
    const ada = await aPerson("Ada");
    await register(ada);
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada, { path: "settings/notifications", shows: "Notifications" });
    const section = page.getByRole("region", { name: "On your devices" });
    const here = section.getByRole("checkbox", { name: "Notify me on this device" });
    await here.waitFor();
    expect(await here.isDisabled()).toBe(true);
    await section.getByText("Your browser blocks notifications of Meetinity.").waitFor();
    await section.getByRole("checkbox", { name: "Say who and what" }).uncheck();
    await expectAccessible(page, "devices of pushes");
    await page.setViewportSize(DESK);
    await expectAccessible(page, "devices of pushes, wide");
    await button(page, "Remove Unknown device").click();
    await expect.poll(() => section.getByRole("listitem").count(), SOON).toBe(0);
    await page.reload();
    await here.waitFor();
    const details = section.getByRole("checkbox", { name: "Say who and what" });
    await expect.poll(() => details.isChecked(), SOON).toBe(false);
    expect(await section.getByRole("listitem").count()).toBe(0);
  },
);
