// Starts the app in the page.
import { ClientContext } from "@meetinity/ui/shell/client-context.ts";
import { startPage } from "@meetinity/ui/shell/start.ts";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { forgetDrafts } from "./conversations/composer/drafts.ts";
import { texts } from "./i18n/texts.ts";
import { router } from "./router.tsx";
import { client } from "./shell/client.ts";
import "@meetinity/ui/look/tokens.css";
import "@meetinity/ui/look/base.css";

window.addEventListener("pagehide", () => void client.outbox.saveNow());

const element = await startPage({ client, router, texts, onSignOut: forgetDrafts });
createRoot(element).render(
  <StrictMode>
    <ClientContext value={client}>
      <RouterProvider router={router} />
    </ClientContext>
  </StrictMode>,
);
