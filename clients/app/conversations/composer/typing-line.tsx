// Names the people who are typing. The line always has its place, so that nothing jumps.
import type { ConversationState } from "@meetinity/client";
import { nameOf } from "../conversation/names.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./composer.module.css";

export function TypingLine({ members, typing }: Pick<ConversationState, "members" | "typing">) {
  const { t } = useReader();
  const names = typing.map((id) => {
    const member = members.find(({ node }) => node.user?.id === id);
    return nameOf(member?.node.user, t);
  });
  const [name = "", other = ""] = names;
  return (
    <div role="status" className={styles.typing}>
      {names.length === 1 && t("typingOne", { name })}
      {names.length === 2 && t("typingTwo", { name, other })}
      {names.length > 2 && t("typingMany")}
    </div>
  );
}
