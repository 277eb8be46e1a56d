// The tags that lead further: those of the events found, with their numbers.
import { EventTags } from "@meetinity/client/operations";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useRef } from "react";
import { useRead } from "../../shell/use-read.ts";
import { filterOf, type Wanted } from "./wanted.ts";

interface Tag {
  readonly name: string;
  readonly eventCount: number;
}

const NONE: readonly Tag[] = [];

/** While other ones are read, those before stay, so that nothing jumps. */
export function useTags(wanted: Wanted): readonly Tag[] {
  const { now } = useDateReader();
  const { data } = useRead(EventTags, { filter: filterOf(wanted, now) });
  const latest = useRef(NONE);
  if (data) latest.current = data.eventTags;
  // One that was just chosen is shown as chosen.
  return latest.current.filter(({ name }) => !wanted.tags?.includes(name));
}
