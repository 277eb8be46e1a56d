// Pushes to this browser: whether it can have them, how they begin, and how they end.
import { RegisterPushSubscription, RemovePushSubscription } from "@meetinity/client/operations";
import { client } from "../../../shell/client.ts";
import { PUSHED } from "../../../shell/pushed.ts";

/**
 * `unsupported`: the browser has no pushes, or not for this page. `denied`: the reader has said no.
 */
export type Ability = "able" | "unsupported" | "denied";

export function abilityOf(): Ability {
  const hasPushes = "PushManager" in window && "Notification" in window;
  if (!hasPushes || !navigator.serviceWorker) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "able";
}

/** Asks the reader if need be. Throws for what the browser or the graph refuses. */
export async function beginHere(webPushKey: string): Promise<"begun" | "denied"> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const manager = await pushManager();
  const subscription = await manager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: webPushKey,
  });
  await register(subscription);
  const { viewerId } = client.session.getSnapshot();
  if (viewerId) localStorage.setItem(PUSHED, viewerId);
  return "begun";
}

/** Registers this browser again for a person who wanted it here: each sign-in is a new session. */
export async function renewHere(): Promise<void> {
  if (abilityOf() !== "able") return;
  const subscription = await (await pushManager()).getSubscription();
  if (subscription) await register(subscription);
}

/** Ends it at the server, and then in the browser. */
export async function endHere(subscriptionId: string): Promise<void> {
  await endThere(subscriptionId);
  localStorage.removeItem(PUSHED);
  const subscription = await (await pushManager()).getSubscription();
  await subscription?.unsubscribe();
}

/** Ends pushes to any device of the reader. */
export async function endThere(subscriptionId: string): Promise<void> {
  await client.run(RemovePushSubscription, { input: { subscriptionId } });
}

async function pushManager(): Promise<PushManager> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) throw new Error("The page has no service worker.");
  return registration.pushManager;
}

async function register(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) throw new Error("The browser gave no keys.");
  const input = { service: "WEB", address: endpoint, keys: { p256dh, auth } } as const;
  await client.run(RegisterPushSubscription, { input }, { isSafeToRepeat: true });
}
