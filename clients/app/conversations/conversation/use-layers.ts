// The layers over a conversation are not in its first scripts: they come once it is shown.
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { useState } from "react";
import type { LayersProps } from "./layers.tsx";

const load = () => import("./layers.tsx").then(({ Layers }) => Layers);

type OfMessages = Omit<LayersProps, "details">;
type Shown = Pick<LayersProps["details"], "conversation" | "conversationId" | "state">;

/** `Layers` is null until they are loaded. */
export function useLayers(shown: Shown, ofMessages: OfMessages) {
  const { opening, picking, looking, edits, forwarding, conflict, deletion, hiding } = ofMessages;
  const [hasDetails, setDetails] = useState(false);
  const isNeeded =
    hasDetails ||
    [opening.target, picking.picked, looking.at, edits.at].some((each) => each !== null) ||
    [forwarding.message, conflict, deletion.message, hiding.message].some((each) => each !== null);
  const Layers = useOnDemand<LayersProps>(load, isNeeded, () => {
    const all = [opening, picking, looking, edits, forwarding];
    for (const { close } of all) close();
    for (const { cancel } of [deletion, hiding]) cancel();
    conflict?.keepNewer();
    setDetails(false);
  });
  const details = { ...shown, isOpen: hasDetails, close: () => setDetails(false) };
  const layers: LayersProps = { ...ofMessages, details };
  return { Layers, layers, showDetails: () => setDetails(true) };
}
