// Asks a person to confirm their e-mail address, where they tried to reach others without that.
import { ResendVerification } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { MailWarning } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "./client.ts";
import styles from "./confirm-address.module.css";

const ANSWERS = {
  ResendVerificationSuccess: "confirmAddress.sent",
  VerificationLimitedProblem: "confirmAddress.sentBefore",
  EmailVerifiedProblem: "confirmAddress.done",
} as const;

export function ConfirmAddress() {
  const { t } = useTranslation("shell");
  const [answer, setAnswer] = useState("");
  const [isBusy, setBusy] = useState(false);
  async function send(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const sent = client.run(ResendVerification, {}).then(
      ({ resendVerification }) => t(ANSWERS[resendVerification.__typename]),
      (error: unknown) => explain(error, t),
    );
    setAnswer(await sent);
    setBusy(false);
  }
  return (
    <div className={styles.strip}>
      <MailWarning aria-hidden="true" size={20} />
      <div role="alert">
        <p>{t("confirmAddress.ask")}</p>
        {answer !== "" && <p>{answer}</p>}
      </div>
      <Button needsNetwork isSmall aria-disabled={isBusy} onClick={() => void send()}>
        {t("confirmAddress.send")}
      </Button>
    </div>
  );
}
