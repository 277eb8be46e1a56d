// The layers over a conversation are not in its first scripts: they come once it is shown.
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { useState } from "react";
import type { LayersProps } from "./layers.tsx";

const load = () => import("./layers.tsx").then(({ Layers }) => Layers);

type OfMessages = Omit<LayersProps, "details">;
type Shown = Pick<LayersProps["details"], "conversation" | "state">;

/** `Layers` is null until they are loaded. */
export function useLayers(shown: Shown, { opening, picking, looking, deletion }: OfMessages) {
  const [hasDetails, setDetails] = useState(false);
  const isNeeded =
    hasDetails ||
    [opening.target, picking.picked, looking.at, deletion.message].some((each) => each !== null);
  const Layers = useOnDemand<LayersProps>(load, isNeeded, () => {
    for (const close of [opening.close, picking.close, looking.close, deletion.cancel]) close();
    setDetails(false);
  });
  const details = { ...shown, isOpen: hasDetails, close: () => setDetails(false) };
  const layers: LayersProps = { opening, picking, looking, deletion, details };
  return { Layers, layers, showDetails: () => setDetails(true) };
}
