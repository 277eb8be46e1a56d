// The properties of every dialog about an event. It is open while it is there.
import type { ManagedEvent } from "../managed-event.ts";

export interface DialogProps {
  readonly event: ManagedEvent;
  readonly onClose: () => void;
}
