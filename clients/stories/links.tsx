// A router around a part of a screen, so that its links are links. They lead nowhere.

import { ClientContext } from "@meetinity/ui/shell/client-context.ts";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { client } from "../app/shell/client.ts";

export function Links({ children }: { readonly children: () => ReactElement }) {
  const [router] = useState(() => {
    const routeTree = createRootRoute({ component: children, notFoundComponent: children });
    return createRouter({ routeTree, basepath: "/app", history: createMemoryHistory() });
  });
  return (
    <ClientContext value={client}>
      <RouterProvider router={router as never} />
    </ClientContext>
  );
}
