// Makes a group, gives it the chosen settings, and opens it.
import { CreateGroupConversation } from "@meetinity/client/operations";
import { say } from "@meetinity/ui/components/notices.ts";
import { type Refusal, useSubmission } from "@meetinity/ui/components/submission.ts";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useAttempt } from "../conversation/use-attempt.ts";
import { explained } from "../problems/explained.ts";
import { update } from "./actions.ts";
import { type Details, wishOf } from "./draft.ts";
import type { Candidate } from "./use-candidates.ts";

type Beginning = Pick<Details, "posting" | "history">;

/** Those of every new group. */
const USUAL = {
  ...{ title: "", description: "", posting: "EVERYONE", adding: "ADMINS", pinning: "EVERYONE" },
  ...{ history: "WHOLE", editHistory: "MEMBERS" },
} as const satisfies Details;

export function useNewGroup() {
  const { t } = useTranslation("groups");
  const navigate = useNavigate();
  const attempt = useAttempt();
  const [people, choose] = useState<readonly Candidate[]>([]);
  const [beginning, begin] = useState<Beginning>(USUAL);
  const [isUnverified, setUnverified] = useState(false);
  const submission = useSubmission(["title"], async ({ title = "" }): Promise<Refusal> => {
    setUnverified(false);
    const input = { title, memberIds: people.map(({ id }) => id) };
    const { createGroupConversation: made } = await client.run(CreateGroupConversation, { input });
    if (made.__typename === "EmailNotVerifiedProblem") setUnverified(true);
    if (made.__typename !== "CreateGroupConversationSuccess") {
      return made.__typename === "EmailNotVerifiedProblem"
        ? null
        : { refusal: await explained(made) };
    }
    const conversationId = made.conversation.id;
    const { posting, history } = wishOf(USUAL, beginning);
    const wish = { ...(posting && { posting }), ...(history && { history }) };
    // The group is there: a refusal of its settings is told beside it.
    if (posting || history) await attempt(() => update(conversationId, wish));
    const count = made.invitedUserIds.length;
    if (count > 0) say(t("adding.invited", { count }));
    const params = { conversationId };
    await navigate({ to: "/conversations/$conversationId", params, replace: true });
    return null;
  });
  return { submission, isUnverified, people, choose, beginning, begin };
}
