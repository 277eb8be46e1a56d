// Changes of the viewer's own registrations and of their events, as they happen: one stream for the
// tab, which goes on where it was when a screen comes again.
import { createObservable } from "@meetinity/client";
import {
  RegistrationsPosition,
  type ViewerRegistrationUpdatedSubscription,
} from "@meetinity/client/operations";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useRef } from "react";
import { client } from "../shell/client.ts";
import { onePerViewer } from "../shell/one-per-viewer.ts";

export type OwnUpdate = ViewerRegistrationUpdatedSubscription["viewerRegistrationUpdated"];
/** Null: updates are lost, so that all may have changed. */
type Listener = (update: OwnUpdate | null) => void;

function createUpdates(viewerId: string) {
  const isFollowed = createObservable(false);
  const listeners = new Set<Listener>();
  let position: number | null = null;
  let close: (() => void) | null = null;
  const tell = (update: OwnUpdate | null) => {
    for (const listener of [...listeners]) listener(update);
  };

  async function start(): Promise<void> {
    if (position === null) {
      const { me } = await client.run(RegistrationsPosition, {}, { viewerId });
      position ??= me?.registrationsSeq ?? null;
    }
    if (position === null || listeners.size === 0 || close !== null) return;
    close = client.streams.viewerRegistrations(
      {
        next(update) {
          position = update.seq;
          tell(update);
        },
        // The position is too old: it is read, and then the page.
        resync() {
          position = null;
          stop();
          void start().then(
            () => tell(null),
            () => tell(null),
          );
        },
      },
      position,
    );
  }

  function stop(): void {
    close?.();
    close = null;
  }

  return {
    isFollowed,
    follow(listener: Listener): () => void {
      listeners.add(listener);
      // Without a position, the page shows what it can, and its own failure.
      const follow = () => isFollowed.set(true);
      void start().then(follow, follow);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
  };
}

const updatesOf = onePerViewer(createUpdates);

/**
 * True once a page may be read: everything that happens after that arrives here. Until then a
 * change could come between what was read and the first update.
 */
export function useOwnUpdates(onUpdate: Listener): boolean {
  const { viewerId } = useObservable(client.session);
  const updates = updatesOf(viewerId ?? "");
  const latest = useRef(onUpdate);
  latest.current = onUpdate;
  useEffect(() => updates.follow((update) => latest.current(update)), [updates]);
  return useObservable(updates.isFollowed);
}
