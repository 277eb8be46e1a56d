// Starts the portal in the page.
import { ApolloProvider } from "@apollo/client/react";
import { ClientContext } from "@meetinity/ui/shell/client-context.ts";
import { startPage } from "@meetinity/ui/shell/start.ts";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { texts } from "./i18n/texts.ts";
import { router } from "./router.tsx";
import { apollo } from "./shell/apollo.ts";
import { client } from "./shell/client.ts";
import "@meetinity/ui/look/tokens.css";
import "@meetinity/ui/look/base.css";

/** The names of door lists are for the person who is signed in. */
const forgetNames = () =>
  void import("./events/door/stored-door.ts").then(({ forgetLists }) => forgetLists());

const element = await startPage({ client, router, texts, onSignOut: forgetNames });
createRoot(element).render(
  <StrictMode>
    <ClientContext value={client}>
      <ApolloProvider client={apollo}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </ClientContext>
  </StrictMode>,
);
