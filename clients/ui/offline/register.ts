// Keeps the files of the app in the browser, so that it opens without a network. The build must
// have `isOffline`.

/** Again and again is fine. Where the browser cannot, the app needs the network to open. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  register().catch(() => {});
}

async function register(): Promise<void> {
  const scope = import.meta.env.BASE_URL;
  const options = { scope, updateViaCache: "none" } as const;
  const registration = await navigator.serviceWorker.register(`${scope}sw.js`, options);
  startWhenReady(registration);
  registration.addEventListener("updatefound", () => startWhenReady(registration));
}

/** A worker of this page's own build need not wait for the pages of the build before. */
function startWhenReady({ installing, waiting }: ServiceWorkerRegistration): void {
  const start = (worker: ServiceWorker) => worker.postMessage({ startFor: import.meta.url });
  if (waiting) start(waiting);
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed") start(installing);
  });
}
