// The steps of every app at its start, before and beside its first page.
import type { Client } from "@meetinity/client";
import type { AnyRouter } from "@tanstack/react-router";
import { startI18n, type Texts } from "../i18n/i18n.ts";
import { applyTheme, chosenTheme } from "../look/theme.ts";
import { shareLanguage } from "../session/language.ts";
import { makeRoomForKeyboard } from "./keyboard.ts";
import { expectPage, focusPage } from "./page-focus.ts";

interface StartOptions {
  readonly client: Client;
  readonly router: AnyRouter;
  readonly texts: Texts;
  /** Called when the person who was signed in is so no more. */
  readonly onSignOut?: () => void;
}

/** Returns the element to render into. */
export async function startPage(options: StartOptions): Promise<Element> {
  const { client, router, texts } = options;
  applyTheme(chosenTheme());
  makeRoomForKeyboard();
  // Whoever is signed in is known sooner when it is asked beside the texts. The pages ask again.
  void client.session.accessToken().catch(() => {});
  await startI18n(texts);
  loadPage(router);
  followSession(options);
  shareLanguage(client);
  router.subscribe("onBeforeLoad", ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) expectPage();
  });
  router.subscribe("onRendered", focusPage);
  // The line may work again: none of the pauses between tries is waited for.
  window.addEventListener("online", () => client.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") client.wake();
  });
  const element = document.getElementById("root");
  if (!element) throw new Error("The page has no element #root.");
  return element;
}

/** The router would load the scripts of a page only once it knows that somebody is signed in. */
function loadPage(router: AnyRouter): void {
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    void router.routesById[routeId]?.options.component?.preload?.()?.catch(() => {});
  }
}

/** Each route decides anew when somebody signs in or out, in this tab or in another one. */
function followSession({ client, router, onSignOut }: StartOptions): void {
  let lastViewerId = client.session.getSnapshot().viewerId;
  client.session.subscribe(() => {
    const { status, viewerId } = client.session.getSnapshot();
    if (status === "unknown" || viewerId === lastViewerId) return;
    if (lastViewerId !== null) onSignOut?.();
    lastViewerId = viewerId;
    void router.invalidate();
  });
}
