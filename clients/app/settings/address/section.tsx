// The viewer's address: whether it is confirmed, what waits for a confirmation, and another one.

import { Button } from "@meetinity/ui/components/button.tsx";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type OwnAddress, useAddress } from "../../shell/address/address.ts";
import { CodeForm } from "../../shell/address/code-form.tsx";
import { MailboxLink, Resend } from "../../shell/address/resend.tsx";
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
      {pendingEmail && <p role="status">{t("pending", { email: pendingEmail })}</p>}
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
