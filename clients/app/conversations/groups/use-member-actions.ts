// The actions of a viewer on members of a group. Those that others see at once ask first.
import type { ConversationState } from "@meetinity/client";
import { say } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttempt } from "../conversation/use-attempt.ts";
import { handOver, type NewRole, remove, setRole } from "./actions.ts";

export type Person = NonNullable<ConversationState["members"][number]["node"]["user"]>;

export interface Question {
  readonly about: "owner" | "handOver" | "remove";
  readonly user: Person;
}

export interface MemberActions {
  /** Null: nothing is asked. */
  readonly question: Question | null;
  readonly ask: (question: Question | null) => void;
  readonly give: (user: Person, role: NewRole) => void;
  /** Does what was asked. */
  readonly confirm: (question: Question) => void;
}

export function useMemberActions(conversationId: string): MemberActions {
  const { t } = useTranslation("groups");
  const attempt = useAttempt();
  const [question, ask] = useState<Question | null>(null);
  async function give({ id, displayName: name }: Person, role: NewRole): Promise<void> {
    const isDone = await attempt(() => setRole(conversationId, id, role));
    if (isDone) say(t("member.done", { name, role: t(`roles.${role}`) }));
  }
  return {
    question,
    ask,
    give,
    async confirm({ about, user }) {
      ask(null);
      if (about === "owner") return give(user, "OWNER");
      const { id, displayName: name } = user;
      const act = about === "remove" ? remove : handOver;
      const isDone = await attempt(() => act(conversationId, id));
      if (isDone) say(t(about === "remove" ? "member.removed" : "member.handedOver", { name }));
    },
  };
}
