// The reader accepts or declines seats that are held for them. A refusal stays until the next try,
// also when the offer itself is gone.
import { useMutation } from "@apollo/client/react";
import { AcceptOfferDocument, DeclineOfferDocument } from "@meetinity/client/documents";
import type { AcceptOfferMutation, DeclineOfferMutation } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";

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
  const context = { isSafeToRepeat: true };
  const [accept] = useMutation(AcceptOfferDocument, { context });
  const [decline] = useMutation(DeclineOfferDocument, { context });
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
        const { data } = await accept({ variables: { input: { registrationId } } });
        return (data as AcceptOfferMutation).acceptOffer;
      }, t("accepted")),
    decline: (registrationId) =>
      answer(async () => {
        const { data } = await decline({ variables: { input: { registrationId } } });
        return (data as DeclineOfferMutation).declineOffer;
      }, t("declined")),
  };
}
