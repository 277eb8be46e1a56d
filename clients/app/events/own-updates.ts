// Changes of the viewer's own registrations and of their events, as they happen. What they carry is
// in the cache at once; `onUpdate` is for what a page says beside that.
import { useQuery, useSubscription } from "@apollo/client/react";
import {
  RegistrationsPositionDocument,
  ViewerRegistrationUpdatedDocument,
} from "@meetinity/client/documents";
import type { ViewerRegistrationUpdatedSubscription } from "@meetinity/client/operations";

export type OwnUpdate = ViewerRegistrationUpdatedSubscription["viewerRegistrationUpdated"];

/**
 * True once a page may be read: everything that happens after that arrives here. Until then a
 * change could come between what was read and the first update.
 */
export function useOwnUpdates(onUpdate: (update: OwnUpdate) => void): boolean {
  const { data, error, refetch } = useQuery(RegistrationsPositionDocument, {
    fetchPolicy: "network-only",
    nextFetchPolicy: "cache-first",
  });
  const after = data?.me?.registrationsSeq ?? null;
  useSubscription(ViewerRegistrationUpdatedDocument, {
    variables: { after },
    skip: after === null,
    onData({ data: { data: update } }) {
      if (update) onUpdate(update.viewerRegistrationUpdated);
    },
    // The position is too old: read it, and the page, anew.
    onError: () => void refetch().catch(() => {}),
  });
  // Without a position, the page shows what it can, and its own failure.
  return after !== null || error !== undefined;
}
