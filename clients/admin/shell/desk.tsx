// Around all pages for people who are signed in: it knows who they are, and keeps out those to whom
// the portal does not belong.
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Navigate, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "./client.ts";
import { NotYours } from "./not-yours.tsx";
import type { Area } from "./rights.ts";
import { useViewer, useViewerState, ViewerContext } from "./viewer.ts";

export function Desk() {
  const { viewer, error, retry } = useViewerState();
  // Whoever is leaving has nothing but to come back, which is in the app.
  const isLeaving = useObservable(client.session).leavesAt !== undefined;
  if (isLeaving || viewer?.areas.length === 0) return <NotYours />;
  if (!viewer) return error ? <DeskFailed error={error} onRetry={retry} /> : <Loading />;
  return (
    <ViewerContext value={viewer}>
      <Outlet />
    </ViewerContext>
  );
}

function DeskFailed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  return <Failed heading={t("pageFailed")} {...props} />;
}

const HOMES = {
  events: "/events",
  people: "/people",
  operations: "/operations/jobs",
} as const satisfies Record<Area, string>;

/** The first page of a person: that of their first area. */
export function Home() {
  const [area] = useViewer().areas;
  return area === undefined ? <NotYours /> : <Navigate to={HOMES[area]} replace />;
}

/** The pages of one area, for those to whom it belongs. */
export function areaOf(area: Area) {
  return function AreaPages() {
    return useViewer().areas.includes(area) ? <Outlet /> : <NotYours />;
  };
}
