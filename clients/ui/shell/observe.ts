// Observables of the client as React state.
import type { Observable } from "@meetinity/client";
import { useSyncExternalStore } from "react";

export function useObservable<State>({ subscribe, getSnapshot }: Observable<State>): State {
  return useSyncExternalStore(subscribe, getSnapshot);
}
