// The service worker of an app: keeps the files of one build, so that the app opens without a
// network, and shows pushes. It answers for those files alone, never for the graph or anything else
// of the origin.
import { PrecacheController } from "workbox-precaching";
import { showPushes } from "./worker-pushes.ts";

declare const self: ServiceWorkerGlobalScope;
/** All files of the build. Those without a revision have their hash in the name. */
declare const SHELL: readonly { readonly url: string; readonly revision: string | null }[];
/** The page of every address of the app. */
declare const PAGE: string;

/** On a line that hangs, a page is shown from here after so long. */
const PATIENCE_MS = 4_000;

const shell = new PrecacheController({ cacheName: `shell ${self.registration.scope}` });
shell.addToCacheList([...SHELL]);

showPushes();

self.addEventListener("install", (event) => void shell.install(event));

self.addEventListener("activate", (event) => {
  void shell.activate(event);
  event.waitUntil(
    Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  if (request.mode === "navigate") event.respondWith(pageOf(event));
  else if (isKept(request.url)) event.respondWith(fileOf(event));
});

/** Pages of the build before still load parts of it, so that this one waits until they are gone. */
self.addEventListener("message", (event) => {
  const { startFor } = event.data as { readonly startFor?: string };
  if (startFor === undefined) return;
  const isOfPage = isKept(startFor);
  event.ports[0]?.postMessage({ isOfPage });
  if (isOfPage) event.waitUntil(startIfAlone());
});

async function startIfAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const own = pages.filter(({ url }) => url.startsWith(self.registration.scope));
  if (own.length <= 1) await self.skipWaiting();
}

const isKept = (url: string) => shell.getCacheKeyForURL(url) !== undefined;

function fileOf(event: FetchEvent): Promise<Response> {
  const cacheKey = shell.getCacheKeyForURL(event.request.url);
  const params = cacheKey === undefined ? {} : { cacheKey };
  return shell.strategy.handle({ event, request: event.request, params });
}

/** From the network, so that a new build is seen at once; without one, from here. */
async function pageOf(event: FetchEvent): Promise<Response> {
  const fromNetwork = fetchPage(event).catch(() => null);
  const answer = await Promise.race([fromNetwork, afterPatience()]);
  if (answer && answer.status < 500) return answer;
  return (await shell.matchPrecache(PAGE)) ?? (await fromNetwork) ?? Response.error();
}

async function fetchPage(event: FetchEvent): Promise<Response> {
  const preloaded: Response | undefined = await event.preloadResponse;
  return preloaded ?? fetch(event.request);
}

function afterPatience(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
}
