// Adds people to a group: the viewer's matches, or whomever a search finds. Strangers are invited.
import { Button } from "@meetinity/ui/components/button.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttempt } from "../conversation/use-attempt.ts";
import { add } from "./actions.ts";
import { Candidates } from "./candidates.tsx";
import type { GroupPageProps } from "./group-page.ts";
import styles from "./groups.module.css";
import { useCandidates } from "./use-candidates.ts";

export function Adding({ conversationId, state, close }: GroupPageProps) {
  const { t } = useTranslation("groups");
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { people, isSearch, error, retry } = useCandidates(search);
  const { isBusy, submit } = useAdding(conversationId, close);
  const members = new Set(state.members.map(({ node }) => node.user?.id));
  const count = chosen.size;
  return (
    <>
      <div className={popup.body}>
        <input
          type="search"
          className={styles.search}
          aria-label={t("adding.search")}
          placeholder={t("adding.search")}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        {people ? (
          <Candidates {...{ people, members, chosen, isSearch }} onChange={setChosen} />
        ) : error ? (
          <Failed error={error} onRetry={retry} />
        ) : (
          <Loading rows={3} />
        )}
        <p className={styles.hint}>{t("adding.strangers")}</p>
      </div>
      <div className={popup.actions}>
        <Button
          needsNetwork
          kind="primary"
          aria-disabled={isBusy || count === 0}
          onClick={() => void submit([...chosen])}
        >
          {count === 0 ? t("adding.title") : t("adding.add", { count })}
        </Button>
      </div>
    </>
  );
}

/** One attempt at a time. Says how many were added, and how many invited. */
function useAdding(conversationId: string, onDone: () => void) {
  const { t } = useTranslation("groups");
  const attempt = useAttempt();
  const [isBusy, setBusy] = useState(false);
  async function submit(ids: readonly string[]): Promise<void> {
    if (isBusy || ids.length === 0) return;
    setBusy(true);
    let invited = 0;
    const isDone = await attempt(async () => {
      const result = await add(conversationId, ids);
      if (result.__typename === "AddMembersSuccess") invited = result.invitedUserIds.length;
      return result;
    });
    setBusy(false);
    if (!isDone) return;
    const added = ids.length - invited;
    const told = [
      added > 0 && t("adding.added", { count: added }),
      invited > 0 && t("adding.invited", { count: invited }),
    ];
    say(told.filter((text) => text !== false).join(" "));
    onDone();
  }
  return { isBusy, submit };
}
