// Starts the app in the page.

import { keepShell } from "@meetinity/ui/offline/register.ts";
import { ClientContext } from "@meetinity/ui/shell/client-context.ts";
import { startPage } from "@meetinity/ui/shell/start.ts";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { texts } from "./i18n/texts.ts";
import { router } from "./router.tsx";
import { client } from "./shell/client.ts";
import { forgetFirstSteps } from "./shell/first-steps.ts";
import { readTicketsLater, renewPushesLater, sendWhenBack } from "./waiting.ts";
import "@meetinity/ui/look/tokens.css";
import "@meetinity/ui/look/base.css";

window.addEventListener("pagehide", () => {
  void client.outbox.saveNow();
  client.kept.flush();
});
keepShell();
sendWhenBack();
readTicketsLater();
renewPushesLater();

function onSignOut(): void {
  forgetFirstSteps();
}

const element = await startPage({ client, router, texts, onSignOut });
createRoot(element).render(
  <StrictMode>
    <ClientContext value={client}>
      <RouterProvider router={router} />
    </ClientContext>
  </StrictMode>,
);
