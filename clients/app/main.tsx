// Starts the app in the page.
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { forgetDrafts } from "./conversations/composer/drafts.ts";
import { startI18n } from "./i18n/i18n.ts";
import { router } from "./router.tsx";
import { client } from "./shell/client.ts";
import { makeRoomForKeyboard } from "./shell/keyboard.ts";
import { expectPage, focusPage } from "./shell/page-focus.ts";
import { applyTheme, chosenTheme } from "./shell/theme.ts";
import "./ui/tokens.css";
import "./ui/base.css";

applyTheme(chosenTheme());
makeRoomForKeyboard();
await startI18n();

// Each route decides anew when somebody signs in or out, in this tab or in another one.
let lastViewerId = client.session.getSnapshot().viewerId;
client.session.subscribe(() => {
  const { status, viewerId } = client.session.getSnapshot();
  if (status === "unknown" || viewerId === lastViewerId) return;
  if (lastViewerId !== null) forgetDrafts();
  lastViewerId = viewerId;
  void router.invalidate();
});

router.subscribe("onBeforeLoad", ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) expectPage();
});
router.subscribe("onRendered", focusPage);

// The line may work again: none of the pauses between tries is waited for.
window.addEventListener("online", () => client.wake());
window.addEventListener("pagehide", () => void client.outbox.saveNow());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") client.wake();
});

const element = document.getElementById("root");
if (!element) throw new Error("The page has no element #root.");
createRoot(element).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
