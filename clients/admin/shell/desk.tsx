// Around all pages for people who are signed in: it knows who they are, and keeps out those to whom
// the portal does not belong.
import { Loading } from "@meetinity/ui/components/state.tsx";
import { keepShell } from "@meetinity/ui/offline/register.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Navigate, Outlet } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { client } from "./client.ts";
import { NotYours } from "./not-yours.tsx";
import type { Area } from "./rights.ts";
import { SecondFactorNeeded, useSecondFactorTurnedOn } from "./second-factor.tsx";
import { SecondFactorStrip } from "./second-factor-strip.tsx";
import { useViewer, useViewerState, ViewerContext } from "./viewer.ts";

export function Desk() {
  const { viewer, error } = useViewerState();
  // Whoever is leaving has nothing but to come back, which is in the app.
  const isLeaving = useObservable(client.session).leavesAt !== undefined;
  const isFactorMissing = viewer?.isSecondFactorMissing ?? false;
  const [isPutOff, setPutOff] = useState(false);
  const mayOpenDoors = viewer?.areas.includes("events") ?? false;
  useSecondFactorTurnedOn(isFactorMissing);
  useEffect(() => {
    if (mayOpenDoors) keepShell();
  }, [mayOpenDoors]);
  if (isLeaving || viewer?.areas.length === 0) return <NotYours />;
  // The route has a page for it, which tries again.
  if (!viewer && error) throw error;
  if (!viewer) return <Loading />;
  if (isFactorMissing && !isPutOff) return <SecondFactorNeeded onLater={() => setPutOff(true)} />;
  return (
    <ViewerContext value={viewer}>
      <SecondFactorStrip isMissing={isFactorMissing} />
      <Outlet />
    </ViewerContext>
  );
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
