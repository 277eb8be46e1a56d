// One message request, with its answers. The sender learns only that it was accepted.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./requests.module.css";
import { type Request, requestsOf } from "./requests.ts";

interface RequestCardProps {
  readonly request: Request;
  readonly viewerId: string;
}

export function RequestCard({ request, viewerId }: RequestCardProps) {
  const { t } = useTranslation("requests");
  const { t: names } = useTranslation("conversation");
  const [isAsking, setAsking] = useState(false);
  const { isBusy, accept, refuse, block } = useAnswers(request, viewerId);
  const { sender, kind, title, memberCount, text } = request;
  const name = sender?.displayName ?? names("deletedAccount");
  return (
    <li className={styles.request}>
      <Avatar id={sender?.id ?? request.id} name={name} picture={sender?.avatarUrl} />
      <div className={styles.words}>
        <h2 dir="auto">
          {sender ? (
            <Link dir="auto" to="/people/$personId" params={{ personId: sender.id }}>
              {name}
            </Link>
          ) : (
            name
          )}
          <VerifiedBadge isVerified={sender?.isVerified} />
        </h2>
        {sender?.headline && (
          <p className={styles.headline} dir="auto">
            {sender.headline}
          </p>
        )}
        {kind === "GROUP" ? (
          <p dir="auto">
            {t("invites", { title })} {t("members", { count: memberCount })}
          </p>
        ) : (
          <p className={styles.text} dir="auto">
            {text ?? names("deleted")}
          </p>
        )}
        <div className={styles.answers}>
          <Button needsNetwork isSmall kind="primary" aria-disabled={isBusy} onClick={accept}>
            {t("accept")}
          </Button>
          <Button needsNetwork isSmall aria-disabled={isBusy} onClick={refuse}>
            {t("refuse")}
          </Button>
          {sender && (
            <Button
              needsNetwork
              isSmall
              kind="plain"
              aria-disabled={isBusy}
              onClick={() => setAsking(true)}
            >
              {t("block")}
            </Button>
          )}
        </div>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("blockTitle", { name })}
        text={t("blockEffect", { name })}
        confirm={t("block")}
        onConfirm={() => {
          setAsking(false);
          block();
        }}
        onCancel={() => setAsking(false)}
      />
    </li>
  );
}

/** One answer at a time. */
function useAnswers({ id, sender }: Request, viewerId: string) {
  const { t } = useTranslation("requests");
  const { t: common } = useTranslation("shell");
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const { answer, blockSender } = requestsOf(viewerId);
  const acting = (work: () => Promise<void>) => () => {
    if (isBusy) return;
    setBusy(true);
    work()
      .catch((error: unknown) => sayFailure(explain(error, common)))
      .finally(() => setBusy(false));
  };
  /** The card is gone, and its buttons with it. */
  const goOn = () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  return {
    isBusy,
    accept: acting(async () => {
      const answered = await answer(id, "ACCEPT");
      if (answered === "full") return sayFailure(t("full"));
      await navigate({ to: "/conversations/$conversationId", params: { conversationId: id } });
    }),
    refuse: acting(async () => {
      await answer(id, "REFUSE");
      say(t("refused"));
      goOn();
    }),
    block: acting(async () => {
      if (sender) await blockSender(id, sender.id);
      say(t("blocked"));
      goOn();
    }),
  };
}
