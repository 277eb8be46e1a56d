// The filters of the page, which are in its address: so they survive going to an event and back, a
// reload, and a link to somebody else.
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type Wanted, wantedOf } from "./wanted.ts";

const route = getRouteApi("/signedIn/events");

let latest: Wanted = {};

/** The filters with which the reader has looked last, for the way back to them. */
export const latestWanted = () => latest;

export type ChangeWanted = (next: (before: Wanted) => Wanted, isTyping?: boolean) => void;

export function useWanted(): readonly [Wanted, ChangeWanted] {
  const address = route.useSearch();
  // The router adds to what a page takes what else the address has.
  const wanted = useMemo(() => wantedOf({ ...address }), [address]);
  latest = wanted;
  const navigate = route.useNavigate();
  const router = useRouter();
  const change = useCallback<ChangeWanted>(
    (next, isTyping = false) => {
      // Somebody who types and presses an event at once goes there.
      if (!router.latestLocation.pathname.endsWith("/events")) return;
      const search = (before: object) => next(wantedOf({ ...before }));
      // A letter that is typed adds no step to the history.
      void navigate({ search, replace: isTyping, resetScroll: false });
    },
    [navigate, router],
  );
  return [wanted, change];
}

/** With another text, or without it. */
export function withText<Name extends "search" | "place" | "from" | "to">(
  name: Name,
  text: string,
) {
  return ({ [name]: _, ...others }: Wanted): Wanted =>
    text === "" ? others : { ...others, [name]: text };
}
