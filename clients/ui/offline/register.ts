// Keeps the files of the app in the browser, so that it opens without a network, and tells when
// there is a newer build. The build must have `isOffline`.
import { createObservable, type Observable } from "@meetinity/client";

const newer = createObservable(false);

/** Whether a build other than this page's is ready: a reload brings it. */
export const isNewerReady: Observable<boolean> = newer;

/** So often a page that stays open asks for a newer build, when somebody comes back to it. */
const ASK_AGAIN_MS = 15 * 60_000;

/**
 * Begins once the page has loaded and has nothing to do. Again and again is fine. Where the browser
 * cannot, the app needs the network to open.
 */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = () => whenIdle(() => void register().catch(() => {}));
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 3_000 });
  else setTimeout(work, 500);
}

async function register(): Promise<void> {
  const scope = import.meta.env.BASE_URL;
  const options = { scope, updateViaCache: "none" } as const;
  const registration = await navigator.serviceWorker.register(`${scope}sw.js`, options);
  startWhenReady(registration);
  registration.addEventListener("updatefound", () => startWhenReady(registration));
  askAgain(registration);
}

/** A worker of this page's own build need not wait for the pages of the build before. */
function startWhenReady({ installing, waiting }: ServiceWorkerRegistration): void {
  if (waiting) start(waiting);
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed") start(installing);
  });
}

function start(worker: ServiceWorker): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<{ readonly isOfPage: boolean }>) => {
    // The first worker of all takes no page's place.
    if (!data.isOfPage && navigator.serviceWorker.controller) newer.set(true);
    port1.close();
  };
  worker.postMessage({ startFor: import.meta.url }, [port2]);
}

function askAgain(registration: ServiceWorkerRegistration): void {
  let askedAt = performance.now();
  document.addEventListener("visibilitychange", () => {
    const isDue = performance.now() - askedAt > ASK_AGAIN_MS;
    if (document.visibilityState !== "visible" || !isDue) return;
    askedAt = performance.now();
    registration.update().catch(() => {});
  });
}
