// The person at the desk: their name, their roles and their areas.
import { useQuery } from "@apollo/client/react";
import { DeskDocument } from "@meetinity/client/documents";
import type { DeskQuery } from "@meetinity/client/operations";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { createContext, useContext } from "react";
import { client } from "./client.ts";
import { type Area, areasOf, mayCreateEvents } from "./rights.ts";

type Me = NonNullable<DeskQuery["me"]>;

export interface Viewer extends Me {
  readonly areas: readonly Area[];
  readonly isAdmin: boolean;
  readonly mayCreateEvents: boolean;
}

interface ViewerState {
  /** Null while nobody is signed in, or it is not known. */
  readonly viewer: Viewer | null;
  readonly error: unknown;
}

export function useViewerState(): ViewerState {
  const { viewerId } = useObservable(client.session);
  const { data, error } = useQuery(DeskDocument, { skip: viewerId === null });
  const hasEvents = (data?.managedEvents?.edges?.length ?? 0) > 0;
  const me = viewerId === null ? null : (data?.me as Me | null | undefined);
  return {
    viewer: me && me.id === viewerId ? viewerOf(me, hasEvents) : null,
    error,
  };
}

function viewerOf(me: Me, hasEvents: boolean): Viewer {
  const roles = me.roles ?? [];
  return {
    ...me,
    areas: areasOf(roles, hasEvents),
    isAdmin: roles.includes("ADMIN"),
    mayCreateEvents: mayCreateEvents(roles),
  };
}

export const ViewerContext = createContext<Viewer | null>(null);

/** Of pages inside the desk. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("This page is not inside the desk.");
  return viewer;
}
