// A whole screen of the app at an address, as its router shows it: with header and navigation.

import { ClientContext } from "@meetinity/ui/shell/client-context.ts";
import type { StoryObj } from "@storybook/react-vite";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { router } from "../app/router.tsx";
import { client } from "../app/shell/client.ts";
import type { Graph } from "./graph/answers.ts";

/** A story of the screen at `path`, which is below `/app`, with `graph` behind it. */
export function screen(path: string, graph: Graph = {}): StoryObj {
  const parameters = { layout: "fullscreen", graph };
  return { parameters, render: () => <Screen path={path} /> };
}

let isAtPath = false;

/** A story is loaded with its document, and so has one path. */
function Screen({ path }: { readonly path: string }) {
  if (!isAtPath) {
    isAtPath = true;
    const history = createMemoryHistory({ initialEntries: [`/app${path}`] });
    router.update({ ...router.options, history });
  }
  return (
    <ClientContext value={client}>
      <RouterProvider router={router} />
    </ClientContext>
  );
}
