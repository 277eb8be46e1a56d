// The questions of an event, and the reader's answers.
import { EventQuestions } from "@meetinity/client/operations";
import { useRead } from "../../shell/use-read.ts";
import type { Asking } from "./answers.ts";

interface Asked {
  /** Null until it is there. */
  readonly asking: Asking | null;
  readonly refresh: () => Promise<void>;
}

export function useAsking(eventId: string): Asked {
  const { data, refresh } = useRead(EventQuestions, { id: eventId });
  return { asking: data?.event ?? null, refresh };
}
