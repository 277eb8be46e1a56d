// Adding an app: its QR code, the secret as text, and the first code.
import { ConfirmTotp } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useCopy } from "./copy.ts";
import styles from "./second-factor.module.css";
import type { NewSecret } from "./section.tsx";

interface EnrollingProps {
  readonly secret: NewSecret;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => Promise<void>;
  readonly onCancel: () => void;
}

export function Enrolling({ secret, onConfirmed, onCancel }: EnrollingProps) {
  const { t } = useTranslation("secondFactor");
  const copy = useCopy();
  const submission = useConfirmation(onConfirmed);
  const { secret: text, uri, qrSvg } = secret;
  return (
    <SubmissionForm submission={submission} className={styles.enrolling}>
      <p>{t("scan")}</p>
      <img
        className={styles.qr}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}`}
        alt={t("qr")}
      />
      <a href={uri} className={styles.open}>
        {t("openApp")}
      </a>
      <p>{t("secret")}</p>
      <div className={styles.secret}>
        <code>{text.match(/.{1,4}/g)?.join(" ")}</code>
        <Button isSmall onClick={() => copy(text)}>
          <Copy aria-hidden="true" />
          {t("copySecret")}
        </Button>
      </div>
      <TextField
        name="code"
        label={t("code")}
        hint={t("codeHint")}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <div className={styles.buttons}>
        <Button needsNetwork kind="primary" type="submit" aria-disabled={submission.state.isBusy}>
          {t("confirm")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </SubmissionForm>
  );
}

function useConfirmation(onConfirmed: EnrollingProps["onConfirmed"]) {
  const { t } = useTranslation("secondFactor");
  return useSubmission(["code"], async ({ code = "" }) => {
    const { confirmTotp: result } = await client.run(ConfirmTotp, { input: { code } });
    switch (result.__typename) {
      case "ConfirmTotpSuccess": {
        // Roles that need a second factor count from the next token on.
        const token = await client.session.accessToken();
        if (token !== null) await client.session.renew(token).catch(() => {});
        await onConfirmed(result.recoveryCodes);
        return null;
      }
      case "InvalidCodeProblem":
        return { errors: { code: t("wrongCode") } };
      case "NoPendingTotpProblem":
        return { refusal: t("tooLate") };
    }
  });
}
