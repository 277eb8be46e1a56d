// Asks before a member is removed or made an owner, and before the group is handed over.
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MemberActions } from "./use-member-actions.ts";

type MemberQuestionProps = Pick<MemberActions, "question" | "ask" | "confirm">;

export function MemberQuestion({ question, ask, confirm }: MemberQuestionProps) {
  const { t } = useTranslation("groups");
  // The words stay while the dialog fades.
  const last = useRef(question);
  if (question) last.current = question;
  if (!last.current) return null;
  const { about, user } = last.current;
  const name = user.displayName;
  return (
    <ConfirmDialog
      isOpen={question !== null}
      title={t(`member.${about}Title`, { name })}
      text={t(`member.${about}Text`, { name })}
      confirm={t(`member.${about}Confirm`)}
      onConfirm={() => question && confirm(question)}
      onCancel={() => ask(null)}
    />
  );
}
