// Shows the pushes that come for the app, open or not, and opens what they are about.

declare const self: ServiceWorkerGlobalScope;

/** A push as the server writes it. All texts are plain. */
interface Pushed {
  /** The same when a push comes twice. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** A path of the app. */
  readonly path: string;
  /** A newer push of a tag takes the place of an older one. */
  readonly tag: string;
}

export function showPushes(): void {
  self.addEventListener("push", (event) => event.waitUntil(show(event)));
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(pageOf(event.notification.data)));
  });
}

/** Browsers want every push to be shown, also one that says nothing. */
async function show({ data }: PushEvent): Promise<void> {
  const { id, title, body, path, tag } = pushedIn(data);
  const shown = await self.registration.getNotifications({ tag });
  const isRepeat = shown.some((each) => (each.data as { id?: unknown }).id === id);
  const options = {
    body,
    tag,
    icon: `${self.registration.scope}icon.svg`,
    data: { id, path },
    // One that takes the place of an older one rings again, unless it is the same.
    renotify: tag !== "" && !isRepeat,
  };
  await self.registration.showNotification(title, options);
}

function pushedIn(data: PushMessageData | null): Pushed {
  const given = jsonOf(data);
  const textOf = (name: keyof Pushed) => (typeof given[name] === "string" ? given[name] : "");
  return {
    id: textOf("id"),
    title: textOf("title") || "Meetinity",
    body: textOf("body"),
    path: textOf("path"),
    tag: textOf("tag"),
  };
}

function jsonOf(data: PushMessageData | null): Partial<Record<keyof Pushed, unknown>> {
  try {
    return (data?.json() ?? {}) as Partial<Record<keyof Pushed, unknown>>;
  } catch {
    return {};
  }
}

/** A page of the app, whatever is asked for. */
function pageOf(data: unknown): string {
  const { scope } = self.registration;
  const { path } = (data ?? {}) as { readonly path?: unknown };
  const url = new URL(typeof path === "string" ? path : "", scope).href;
  return url.startsWith(scope) ? url : scope;
}

/** In the tab that was used last, or in a new one. */
async function open(url: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((each) => each.url === url) ?? pages[0];
  if (!page) return void (await self.clients.openWindow(url));
  // A browser may refuse to, and the page is opened all the same.
  await page.focus().catch(() => {});
  if (page.url !== url) await page.navigate(url);
}
