// Asking for another mail, with the time until that is possible; and the way to the local mailbox.
import { ResendVerification } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../client.ts";
import { learnConfirmation } from "./address.ts";

const SECOND_MS = 1_000;

export function Resend() {
  const { t, i18n } = useTranslation("address");
  const { t: common } = useTranslation("shell");
  const [refusal, setRefusal] = useState<string | null>(null);
  const { waitMs, wait } = useCountdown();
  async function send(): Promise<void> {
    if (waitMs > 0) return;
    setRefusal(null);
    try {
      const { resendVerification: result } = await client.run(ResendVerification, {});
      if (result.__typename === "EmailVerifiedProblem") return await learnConfirmation();
      wait(result.retryAfterMs);
      if (result.__typename === "ResendVerificationSuccess") say(t("sentAgain"));
    } catch (error) {
      setRefusal(explain(error, common));
    }
  }
  const label =
    waitMs > 0 ? t("sendAgainIn", { wait: formatWait(waitMs, i18n.language) }) : t("sendAgain");
  return (
    <>
      <Button needsNetwork aria-disabled={waitMs > 0} onClick={() => void send()}>
        {label}
      </Button>
      <span role="alert">{refusal}</span>
    </>
  );
}

/** How long to wait still; it is read every second. */
function useCountdown() {
  const [endsAt, setEndsAt] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (endsAt <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= endsAt) clearInterval(timer);
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [endsAt]);
  const wait = (ms: number) => {
    setNow(Date.now());
    setEndsAt(Date.now() + ms);
  };
  return { waitMs: Math.max(0, endsAt - now), wait };
}

/** Where the router has a mailbox, which it says in a header of the page: not in production. */
export function MailboxLink() {
  const { t } = useTranslation("address");
  if (!hasMailbox()) return null;
  return (
    <a href="/mailbox" target="_blank" rel="noreferrer">
      {t("mailbox")}
    </a>
  );
}

function hasMailbox(): boolean {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return page?.serverTiming?.some(({ name }) => name === "mailbox") ?? false;
}
