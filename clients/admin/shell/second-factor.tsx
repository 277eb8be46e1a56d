// For people with a role that counts only with a second factor: why, and the way to the page of the
// app that turns it on. The portal goes on by itself afterwards.
import { useApolloClient } from "@apollo/client/react";
import { DeskDocument } from "@meetinity/client/documents";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { KeyRound } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { appUrl } from "./app-url.ts";
import { client } from "./client.ts";

export function SecondFactorNeeded({ onLater }: { readonly onLater: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("secondFactorTitle"));
  return (
    <Empty icon={KeyRound}>
      <h1>{t("secondFactorTitle")}</h1>
      <p>{t("secondFactorLead")}</p>
      <SecondFactorLink />
      <Button kind="plain" onClick={onLater}>
        {t("later")}
      </Button>
    </Empty>
  );
}

/** A tab of its own, so that the page here stays. */
function SecondFactorLink() {
  const { t } = useTranslation("shell");
  return (
    <a
      href={appUrl("two-step-sign-in")}
      target="_blank"
      rel="noreferrer"
      className={buttonClass({ kind: "primary" })}
    >
      {t("turnItOn")}
    </a>
  );
}

/** Reads the viewer anew when another tab, at this origin or another one, has turned it on. */
export function useSecondFactorTurnedOn(isMissing: boolean): void {
  const apollo = useApolloClient();
  const { isSecondFactorMissing = false } = useObservable(client.session);
  useEffect(() => {
    if (!isMissing) return;
    const ask = () => {
      if (document.visibilityState === "visible") void client.session.refresh().catch(() => {});
    };
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [isMissing]);
  useEffect(() => {
    if (!isMissing || isSecondFactorMissing) return;
    void apollo.query({ query: DeskDocument, fetchPolicy: "network-only" }).catch(() => {});
  }, [apollo, isMissing, isSecondFactorMissing]);
}
