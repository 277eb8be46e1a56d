// The door of an event, for somebody who is known to be signed in.
import { useViewer } from "../../shell/viewer.ts";
import { useEvent } from "../event-page.tsx";
import { Door } from "./door.tsx";

export function DoorPage() {
  const { id: eventId } = useEvent();
  const { id: viewerId } = useViewer();
  return <Door eventId={eventId} viewerId={viewerId} />;
}
