// Lines in the log that say who joined and who left.
import { formatFull } from "@meetinity/ui/i18n/dates.ts";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { nameOf } from "../conversation/names.ts";
import type { MemberChange } from "./member-changes.ts";
import { useReader } from "./reader.tsx";
import styles from "./separators.module.css";

export function MemberLines({ changes }: { readonly changes: readonly MemberChange[] }) {
  const { t, viewerId, dates } = useReader();
  const { i18n } = useTranslation();
  return changes.map((change) => (
    <p
      key={change.seq}
      className={styles.members}
      dir="auto"
      title={formatFull(change.createdAt, dates)}
    >
      {describeChange(change, { t, viewerId, language: i18n.language })}
    </p>
  ));
}

interface Telling {
  readonly t: TFunction<"conversation">;
  readonly viewerId: string | null;
  readonly language: string;
}

function describeChange(change: MemberChange, telling: Telling): string {
  const { t, viewerId } = telling;
  const { actor, addedUsers, addedCount, removedUsers, removedCount, isLeaving } = change;
  const hasJoined = addedCount > 0;
  const people = hasJoined
    ? listOf(addedUsers, addedCount, telling)
    : listOf(removedUsers, removedCount, telling);
  const count = hasJoined ? addedCount : removedCount;
  if (isLeaving) return t("changes.left", { people, count });
  if (!actor) return t(hasJoined ? "changes.joined" : "changes.left", { people, count });
  if (actor.id === viewerId) {
    return t(hasJoined ? "changes.youAdded" : "changes.youRemoved", { people });
  }
  const given = { actor: nameOf(actor, t), people };
  return t(hasJoined ? "changes.added" : "changes.removed", given);
}

/** Names, and how many more there are: "Ada, you and 2 others". */
function listOf(
  users: MemberChange["addedUsers"],
  count: number,
  { t, viewerId, language }: Telling,
): string {
  const names = users.map((user) => (user?.id === viewerId ? t("changes.you") : nameOf(user, t)));
  const others = count - users.length;
  const all = others > 0 ? [...names, t("changes.others", { count: others })] : names;
  return new Intl.ListFormat(language, { type: "conjunction" }).format(all);
}
