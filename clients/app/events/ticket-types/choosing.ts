// The ticket types that the reader can choose from, and the one that they have chosen. A code adds
// hidden types for as long as the page is open.
import { EventTicketTypes } from "@meetinity/client/operations";
import { codeOf, explain } from "@meetinity/ui/components/explain.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import type { EventShown } from "../event.ts";
import { joined, prospectOf, type TicketTypeShown } from "./types.ts";

interface Found {
  readonly code: string;
  readonly types: readonly TicketTypeShown[];
}

export interface Choosing {
  readonly types: readonly TicketTypeShown[];
  readonly chosen: TicketTypeShown | null;
  readonly choose: (id: string) => void;
  /** Of the chosen type, if it is hidden. */
  readonly code: string | null;
  readonly enter: {
    readonly isBusy: boolean;
    readonly error: string | null;
    readonly hasFound: boolean;
    readonly onEnter: (code: string) => void;
  };
}

export function useChoosing(event: EventShown): Choosing {
  const [found, setFound] = useState<readonly Found[]>([]);
  const [chosenId, choose] = useState<string | null>(null);
  const hidden = found.flatMap(({ types }) => types);
  const types = joined(event.ticketTypes, hidden);
  const free = types.filter((type) => prospectOf(event, type) !== "full");
  // A single one needs no choice. Nobody is moved from a type that is full to another one.
  const wanted = event.ticketTypes.length === 1 && types.length === 1 ? types[0]?.id : chosenId;
  const chosen = free.find(({ id }) => id === wanted) ?? null;
  const codeOfChosen = found.find((each) => each.types.some(({ id }) => id === chosen?.id));
  const enter = useCode(event.id, (next) => {
    setFound((all) => [...all, next]);
    const [first] = next.types;
    if (first) choose(first.id);
  });
  return {
    types,
    chosen,
    choose,
    code: codeOfChosen?.code ?? null,
    enter: { ...enter, hasFound: found.length > 0 },
  };
}

/** Looks for the hidden types of a code, which are not kept. */
function useCode(eventId: string, onFound: (found: Found) => void) {
  const { t } = useTranslation("ticketTypes");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  async function look(code: string): Promise<string | null> {
    const { event } = await client.run(EventTicketTypes, { id: eventId, code });
    const types = event?.ticketTypes.filter(({ isHidden }) => isHidden) ?? [];
    if (types.length === 0) return t("unknownCode");
    onFound({ code, types });
    return null;
  }
  async function onEnter(code: string): Promise<void> {
    setBusy(true);
    const refused = await look(code).catch((failure: unknown) =>
      // Codes are longer, or have other letters.
      codeOf(failure) === "BAD_USER_INPUT" ? t("unknownCode") : explain(failure, common),
    );
    setError(refused);
    setBusy(false);
  }
  return { isBusy, error, onEnter: (code: string) => void onEnter(code) };
}
