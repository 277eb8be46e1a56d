// How old the page is that is shown without a network.
import { Age } from "@meetinity/ui/offline/age.tsx";
import { useRouterState } from "@tanstack/react-router";
import { client } from "../shell/client.ts";
import { shownAt } from "./page-reads.ts";

export function PageAge() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { viewerId } = client.session.getSnapshot();
  return <Age of={shownAt(path, viewerId)} />;
}
