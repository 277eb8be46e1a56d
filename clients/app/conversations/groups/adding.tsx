// Adds people to a group: those whom the viewer knows, or whom a search finds. Strangers are
// invited.
import { Button } from "@meetinity/ui/components/button.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttempt } from "../conversation/use-attempt.ts";
import { add } from "./actions.ts";
import type { GroupPageProps } from "./group-page.ts";
import { PeopleSearch } from "./people-search.tsx";
import type { Candidate } from "./use-candidates.ts";

export function Adding({ conversationId, state, close }: GroupPageProps) {
  const { t } = useTranslation("groups");
  const [chosen, setChosen] = useState<readonly Candidate[]>([]);
  const { isBusy, submit } = useAdding(conversationId, close);
  const members = new Set(state.members.map(({ node }) => node.user?.id));
  const count = chosen.length;
  return (
    <>
      <div className={popup.body}>
        <PeopleSearch people={chosen} members={members} onChoose={setChosen} />
      </div>
      <div className={popup.actions}>
        <Button
          needsNetwork
          kind="primary"
          aria-disabled={isBusy || count === 0}
          onClick={() => void submit(chosen.map(({ id }) => id))}
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
