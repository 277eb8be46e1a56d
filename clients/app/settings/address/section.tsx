// The viewer's address: whether it is confirmed, what waits for a confirmation, and another one.
import { CancelEmailChange } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type OwnAddress, useAddress } from "../../shell/address/address.ts";
import { CodeForm } from "../../shell/address/code-form.tsx";
import { MailboxLink, Resend } from "../../shell/address/resend.tsx";
import { client } from "../../shell/client.ts";
import { Section } from "../section.tsx";
import styles from "./address.module.css";
import { ChangeForm } from "./change-form.tsx";

export function AddressSection() {
  const { t } = useTranslation("address");
  const { address, error, reload } = useAddress();
  return (
    <Section title={t("title")} hint={t("hint")}>
      {address && <Address address={address} reload={reload} />}
      {!address && (error ? <Failed error={error} onRetry={reload} /> : <Loading rows={2} />)}
    </Section>
  );
}

/** A change that waits, and the way to take it back. */
function Pending({ email, onDone }: { readonly email: string; onDone(): void }) {
  const { t } = useTranslation("address");
  const { t: common } = useTranslation("shell");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function cancel(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    await client.run(CancelEmailChange, {}, { isSafeToRepeat: true }).then(
      () => say(t("cancelled", { email })),
      (error: unknown) => setRefusal(explain(error, common)),
    );
    setBusy(false);
    onDone();
  }
  return (
    <>
      <p role="status">{t("pending", { email })}</p>
      {refusal !== null && <p role="alert">{refusal}</p>}
      <Button needsNetwork aria-disabled={isBusy} onClick={() => void cancel()}>
        {t("cancelChange")}
      </Button>
    </>
  );
}

function Address({ address, reload }: { readonly address: OwnAddress; reload(): void }) {
  const { t } = useTranslation("address");
  const [isChanging, setChanging] = useState(false);
  const { email, isEmailVerified, pendingEmail } = address;
  return (
    <>
      <p>
        <strong>{email}</strong>{" "}
        <span className={isEmailVerified ? styles.confirmed : styles.unconfirmed}>
          {t(isEmailVerified ? "confirmed" : "unconfirmed")}
        </span>
      </p>
      {pendingEmail && <Pending email={pendingEmail} onDone={reload} />}
      {(pendingEmail || !isEmailVerified) && (
        <>
          <CodeForm key={pendingEmail ?? email} onDone={reload} />
          <div className={styles.actions}>
            {!isEmailVerified && <Resend />}
            <MailboxLink />
          </div>
        </>
      )}
      {isChanging ? (
        <ChangeForm
          onDone={() => {
            setChanging(false);
            reload();
          }}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <Button onClick={() => setChanging(true)}>{t("change")}</Button>
      )}
    </>
  );
}
