// The reader accepts or declines seats that are held for them. A refusal stays until the next try,
// also when the offer itself is gone.
import {
  AcceptOffer,
  type AcceptOfferMutation,
  DeclineOffer,
  type DeclineOfferMutation,
} from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";

type Result = AcceptOfferMutation["acceptOffer"] | DeclineOfferMutation["declineOffer"];

export interface Answering {
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly accept: (registrationId: string) => Promise<void>;
  readonly decline: (registrationId: string) => Promise<void>;
}

/** `refresh` reads what the page shows, after each answer. */
export function useAnswering(refresh: () => Promise<void>): Answering {
  const { t } = useTranslation("offers");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const options = { isSafeToRepeat: true };
  async function answer(send: () => Promise<Result>, done: string): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    const refused = await send().then(
      (result) => {
        const { __typename: type } = result;
        if (type === "AcceptOfferSuccess" || type === "DeclineOfferSuccess") return null;
        return t(`problems.${type}`);
      },
      (error: unknown) => explain(error, common),
    );
    await refresh().catch(() => {});
    if (refused === null) say(done);
    setRefusal(refused);
    setBusy(false);
  }
  return {
    isBusy,
    refusal,
    accept: (registrationId) =>
      answer(async () => {
        const input = { registrationId };
        return (await client.run(AcceptOffer, { input }, options)).acceptOffer;
      }, t("accepted")),
    decline: (registrationId) =>
      answer(async () => {
        const input = { registrationId };
        return (await client.run(DeclineOffer, { input }, options)).declineOffer;
      }, t("declined")),
  };
}
