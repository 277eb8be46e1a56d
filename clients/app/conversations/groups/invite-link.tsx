// A new invite link, to copy and to share. The server stores a hash: nobody can show it again.
import { Button } from "@meetinity/ui/components/button.tsx";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import field from "@meetinity/ui/components/text-field.module.css";
import { Copy, Share2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./groups.module.css";

interface InviteLinkProps {
  readonly code: string;
  /** Of the group. */
  readonly title: string;
}

export function InviteLink({ code, title }: InviteLinkProps) {
  const { t } = useTranslation("groups");
  const url = new URL(`/app/invite/${encodeURIComponent(code)}`, location.origin).href;
  const input = useRef<HTMLInputElement>(null);
  // The button that made it is gone, and the focus with it.
  useEffect(() => input.current?.focus(), []);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => say(t("invites.copied")),
      () => sayFailure(t("invites.copyFailed")),
    );
  return (
    <div className={styles.link} role="status">
      <input
        readOnly
        ref={input}
        className={field.input}
        aria-label={t("invites.link")}
        value={url}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <p className={styles.hint}>{t("invites.once")}</p>
      <div className={styles.pages}>
        <Button onClick={() => void copy()}>
          <Copy aria-hidden="true" size={18} />
          {t("invites.copy")}
        </Button>
        {"share" in navigator && (
          // Rejects when the person closes it.
          <Button onClick={() => void navigator.share({ title, url }).catch(() => {})}>
            <Share2 aria-hidden="true" size={18} />
            {t("invites.share")}
          </Button>
        )}
      </div>
    </div>
  );
}
