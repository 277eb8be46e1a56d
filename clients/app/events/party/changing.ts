// The reader changes the number of seats of their registration.
import { ChangePartySize, type ChangePartySizeMutation } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";

type Result = ChangePartySizeMutation["changePartySize"];

/** `refresh` reads what the page shows, after each try. */
export function useChangeSize(registrationId: string, refresh: () => Promise<void>) {
  const explainRefusal = useRefusals();
  const { t } = useTranslation("party");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  /** True when the party has its new size. */
  async function change(partySize: number): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setError(null);
    const input = { registrationId, partySize };
    const refused = await client.run(ChangePartySize, { input }, { isSafeToRepeat: true }).then(
      ({ changePartySize }) => explainRefusal(changePartySize),
      (failure: unknown) => explain(failure, common),
    );
    await refresh().catch(() => {});
    setError(refused);
    setBusy(false);
    if (refused === null) say(t("changed", { count: partySize }));
    return refused === null;
  }
  return { isBusy, error, change, forget: () => setError(null) };
}

/** Null for a success. */
function useRefusals(): (result: Result) => string | null {
  const { t } = useTranslation("party");
  return (result) => {
    switch (result.__typename) {
      case "ChangePartySizeSuccess":
        return null;
      case "NotEnoughSeatsProblem":
        if (result.waitlistLength > 0) return t("othersWait");
        if (result.seatsLeft === 0) return t("noneFree");
        return t("notEnough", { count: result.seatsLeft });
      case "PartyTooLargeProblem":
        return t("tooLarge", { count: Math.min(result.capacity, result.partySizeMax) });
      case "RegistrationStatusProblem":
        return t("statusChanged");
      case "EventEndedProblem":
        return t("ended");
    }
  };
}
