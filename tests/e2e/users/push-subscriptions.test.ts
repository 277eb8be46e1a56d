// Devices are registered by their person alone, with addresses to which we may send, and get what
// happens: the browser decrypts what the running system has sent.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder, type Person } from "../../kit/stories.ts";
import { type BrowserKeys, browserKeys, startWebPushService } from "../../kit/web-push-service.ts";

const READ = operation("PushDevices");
const REGISTER = operation("RegisterPushSubscription");
const REMOVE = operation("RemovePushSubscription");

interface Device {
  readonly id: string;
  readonly service: string;
  readonly isCurrent: boolean;
  readonly device: { readonly kind: string };
}

interface Devices {
  readonly webPushKey: string | null;
  readonly me: { readonly pushSubscriptions: readonly Device[] };
}

const browsers: Record<string, BrowserKeys> = {};
let service: Awaited<ReturnType<typeof startWebPushService>>;
beforeAll(async () => {
  service = await startWebPushService(stack().keys.VAPID_PUBLIC_KEY, browsers);
});
afterAll(() => service.stop());

const devicesOf = ({ token }: Person) => dataOf<Devices>(READ, {}, { as: token });

/** A browser, known to the push service under a name of its own. */
function aBrowser() {
  const name = randomBytes(6).toString("hex");
  const keys = browserKeys();
  browsers[name] = keys;
  const { p256dh, auth } = keys;
  const input = { service: "WEB", address: `${service.url}/push/${name}`, keys: { p256dh, auth } };
  return { name, input };
}

async function register({ token }: Person, input: object): Promise<Device> {
  const data = await dataOf<{ registerPushSubscription: { subscription: Device } }>(
    REGISTER,
    { input },
    { as: token },
  );
  return data.registerPushSubscription.subscription;
}

test("what happens to a person comes to their browser, under the key that it asked for", async () => {
  const ada = await aPerson("Ada");
  const { webPushKey } = await devicesOf(ada);
  expect(webPushKey).toBe(stack().keys.VAPID_PUBLIC_KEY);
  const { name, input } = aBrowser();
  const registered = await register(ada, input);
  expect(registered).toMatchObject({ service: "WEB", isCurrent: true });
  const organizer = await aTokenHolder();
  await aRegistration(ada.token, await anEvent(organizer.token, { title: "Compilers" }));
  const pushed = () => service.received.filter(({ to }) => to === name);
  await vi.waitFor(() => expect(pushed()).toHaveLength(1), { timeout: 20_000 });
  expect(pushed()[0]?.content.body).toBe("You are registered for “Compilers”.");
  expect(service.faults).toEqual([]);
});

test("an address is sealed, and the same one is one subscription of the last person", async () => {
  const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
  const { name, input } = aBrowser();
  const first = await register(ada, input);
  expect((await register(ada, input)).id).toBe(first.id);
  const other = await register(grace, input);
  expect(other.id).not.toBe(first.id);
  expect((await devicesOf(ada)).me.pushSubscriptions).toEqual([]);
  expect((await devicesOf(grace)).me.pushSubscriptions).toMatchObject([{ id: other.id }]);
  const stored = await withDatabase("users", async (client) => {
    const { rows } = await client.query("select * from push_subscription where id = $1", [
      other.id,
    ]);
    return JSON.stringify(rows);
  });
  expect(stored).not.toContain(name);
  expect(stored).not.toContain(input.keys.auth);
});

test("a person removes devices of their own, and no others", async () => {
  const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
  const { id } = await register(ada, aBrowser().input);
  const remove = { input: { subscriptionId: id } };
  expect((await refusalOf(REMOVE, remove, { as: grace.token })).code).toBe("NOT_FOUND");
  await dataOf(REMOVE, remove, { as: ada.token });
  expect((await devicesOf(ada)).me.pushSubscriptions).toEqual([]);
  expect((await refusalOf(REMOVE, remove, { as: ada.token })).code).toBe("NOT_FOUND");
});

test("of more than twenty devices, the oldest end", async () => {
  const ada = await aPerson("Ada");
  const first = await register(ada, aBrowser().input);
  for (let at = 0; at < 20; at += 1) await register(ada, aBrowser().input);
  const { pushSubscriptions } = (await devicesOf(ada)).me;
  expect(pushSubscriptions).toHaveLength(20);
  expect(pushSubscriptions.map(({ id }) => id)).not.toContain(first.id);
});

const refusedInput = ({ token }: Person, input: object) =>
  refusalOf(REGISTER, { input }, { as: token });

const keys = () => {
  const { p256dh, auth } = browserKeys();
  return { p256dh, auth };
};
const web = (address: string, more: object = {}) => ({
  service: "WEB",
  address,
  keys: { ...keys(), ...more },
});

test.each([
  ["input.address", "http://push.example/1", {}],
  ["input.address", "https://10.0.0.1/1", {}],
  ["input.address", "https://[::1]/1", {}],
  ["input.address", "https://169.254.169.254/latest", {}],
  ["input.address", "https://ada:secret@push.example/1", {}],
  ["input.keys.p256dh", "https://push.example/1", { p256dh: "A".repeat(87) }],
  ["input.keys.auth", "https://push.example/1", { auth: "short" }],
])("a mistake in %s is named: %s", async (field, address, more) => {
  const ada = await aPerson("Ada");
  const answer = await refusedInput(ada, web(address, more));
  expect(answer.field).toBe(field);
  expect((await devicesOf(ada)).me.pushSubscriptions).toEqual([]);
});

test("the tokens of phones are checked, and have no keys", async () => {
  const ada = await aPerson("Ada");
  const apns = { service: "APNS", address: "ab".repeat(32) };
  const fcm = { service: "FCM", address: `d:${"x".repeat(40)}` };
  const wrong = [
    [{ ...apns, address: "xyz" }, "input.address"],
    [{ ...fcm, address: "a b" }, "input.address"],
    [{ ...apns, keys: keys() }, "input.keys"],
    [{ service: "WEB", address: "https://push.example/1" }, "input.keys"],
  ] as const;
  for (const [input, field] of wrong) {
    expect((await refusedInput(ada, input)).field).toBe(field);
  }
  await register(ada, apns);
  await register(ada, fcm);
  const services = (await devicesOf(ada)).me.pushSubscriptions.map((each) => each.service);
  expect(services).toEqual(["FCM", "APNS"]);
});
