// Makes an invite link, with an end and a number of people.
import { Button } from "@meetinity/ui/components/button.tsx";
import field from "@meetinity/ui/components/text-field.module.css";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttempt } from "../conversation/use-attempt.ts";
import { createInvite } from "./actions.ts";
import styles from "./groups.module.css";

const EXPIRIES = ["1", "7", "30", "never"] as const;
const USES = [1, 10, 100] as const;
const DAY_MS = 86_400_000;

interface NewInviteProps {
  readonly conversationId: string;
  readonly onMade: (code: string) => void;
}

export function NewInvite({ conversationId, onMade }: NewInviteProps) {
  const { t } = useTranslation("groups");
  const id = useId();
  const attempt = useAttempt();
  const [expiry, setExpiry] = useState("7");
  const [uses, setUses] = useState("");
  const [isBusy, setBusy] = useState(false);

  async function make(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const expiresAt = expiry === "never" ? null : new Date(Date.now() + Number(expiry) * DAY_MS);
    await attempt(async () => {
      const result = await createInvite(conversationId, expiresAt, Number(uses) || null);
      if (result.__typename === "CreateInviteSuccess") onMade(result.code);
      return result;
    });
    setBusy(false);
  }

  return (
    <div className={styles.newInvite}>
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-expiry`}>
          {t("invites.expiry")}
        </label>
        <select
          id={`${id}-expiry`}
          className={field.input}
          value={expiry}
          onChange={({ currentTarget }) => setExpiry(currentTarget.value)}
        >
          {EXPIRIES.map((each) => (
            <option key={each} value={each}>
              {t(`invites.expiries.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-uses`}>
          {t("invites.uses")}
        </label>
        <select
          id={`${id}-uses`}
          className={field.input}
          value={uses}
          onChange={({ currentTarget }) => setUses(currentTarget.value)}
        >
          <option value="">{t("invites.anyUses")}</option>
          {USES.map((count) => (
            <option key={count} value={count}>
              {t("invites.usesOf", { count })}
            </option>
          ))}
        </select>
      </div>
      <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => void make()}>
        {t("invites.make")}
      </Button>
    </div>
  );
}
