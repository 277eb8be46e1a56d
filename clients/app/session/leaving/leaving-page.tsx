// The page of a person who has signed in again before their account is erased: the date, and the
// way back. There is nothing else for them.
import { RestoreAccount } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import styles from "@meetinity/ui/session/card.module.css";
import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useLongDate } from "./dates.ts";

export function LeavingPage() {
  const { t } = useTranslation("comingBack");
  const { t: shell } = useTranslation("shell");
  const { leavesAt } = useObservable(client.session);
  const date = useLongDate(leavesAt);
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function comeBack(): Promise<void> {
    await client.run(RestoreAccount, {}, { isSafeToRepeat: true });
    // The token that this session has may do nothing: the next one may do everything again.
    const token = await client.session.accessToken();
    if (token !== null) await client.session.renew(token);
    await router.navigate({ to: "/", replace: true });
  }
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    await work().catch((error: unknown) => setRefusal(explain(error, shell)));
    setBusy(false);
  }
  const signOut = () => client.session.signOut();
  const other = (
    <Button kind="plain" onClick={() => act(signOut)}>
      {t("signOut")}
    </Button>
  );
  return (
    <CardFrame title={t("title")} lead={t("lead", { date })} other={other}>
      <p>{t("until")}</p>
      {refusal !== null && (
        <p role="alert" className={styles.alert}>
          {refusal}
        </p>
      )}
      <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => act(comeBack)}>
        {t("comeBack")}
      </Button>
    </CardFrame>
  );
}
