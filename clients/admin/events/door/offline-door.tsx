// The door of an event in a page that was opened without a network: nobody knows who is signed
// in, but the list that this browser has kept says who has opened this door here. When the
// network is back, the usual page takes its place.
import { Loading } from "@meetinity/ui/components/state.tsx";
import { PageFailed } from "@meetinity/ui/shell/page-failed.tsx";
import { isReachable } from "@meetinity/ui/shell/reachable.ts";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Page } from "../../parts/page.tsx";
import { EventTime } from "../event-time.tsx";
import { Door } from "./door.tsx";
import { isOutage } from "./door-api.ts";
import { findList } from "./stored-door.ts";

type StoredDoor = NonNullable<Awaited<ReturnType<typeof findList>>>;

interface OfflineDoorProps extends ErrorComponentProps {
  readonly eventId: string;
}

export function OfflineDoor({ eventId, ...failure }: OfflineDoorProps) {
  const list = useStored(eventId);
  if (list === "unknown") return <Loading />;
  if (!list || !isOutage(failure.error)) return <PageFailed {...failure} />;
  return <OpenDoor list={list} reset={failure.reset} />;
}

const RETRY_MS = 10_000;

function OpenDoor({ list, reset }: { readonly list: StoredDoor; readonly reset: () => void }) {
  const router = useRouter();
  useEffect(() => {
    const retry = async () => {
      if (!navigator.onLine || !(await isReachable())) return;
      reset();
      await router.invalidate();
    };
    const again = () => void retry();
    const timer = setInterval(again, RETRY_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [router, reset]);
  const { eventId, viewerId, event } = list;
  return (
    <Page title={event.title} lead={<EventTime {...event} />}>
      <Door eventId={eventId} viewerId={viewerId} />
    </Page>
  );
}

/** The stored list; null when there is none. */
function useStored(eventId: string): StoredDoor | null | "unknown" {
  const [list, setList] = useState<StoredDoor | null | "unknown">("unknown");
  useEffect(() => {
    findList(eventId).then(setList, () => setList(null));
  }, [eventId]);
  return list;
}
