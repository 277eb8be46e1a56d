// Whether the network is missing, for parts that cannot do without it, and work for its return.
import type { Client } from "@meetinity/client";
import { useContext, useEffect, useRef, useSyncExternalStore } from "react";
import { ClientContext } from "../shell/client-context.ts";

function followOnline(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** As the browser says: it knows a device without any network, and not a server that is away. */
export function useOnline(): boolean {
  return useSyncExternalStore(followOnline, () => navigator.onLine);
}

const NEVER = () => () => {};

/** Whether the server cannot be reached, as far as it is known. */
export function useIsAway(): boolean {
  const network = useContext(ClientContext)?.network;
  const isOnline = useOnline();
  const state = useSyncExternalStore(
    network?.subscribe ?? NEVER,
    network?.getSnapshot ?? (() => "reached"),
  );
  return !isOnline || state === "away";
}

/** Calls `work` whenever the server is reached again. Returns how to stop. */
export function onReturn({ network }: Pick<Client, "network">, work: () => void): () => void {
  let wasAway = network.getSnapshot() === "away";
  return network.subscribe(() => {
    const isAway = network.getSnapshot() === "away";
    if (wasAway && !isAway) work();
    wasAway = isAway;
  });
}

/** Reads again what a screen shows, once the server is reached again. */
export function useReadAgain(read: () => unknown): void {
  const client = useContext(ClientContext);
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => (client ? onReturn(client, () => void latest.current()) : undefined), [client]);
}
