// The people behind the reactions to a message.
import { Dialog } from "@base-ui/react/dialog";
import type { Message } from "@meetinity/client";
import { Reactions, type ReactionsQuery } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { nameOf } from "../conversation/names.ts";
import styles from "../details/details.module.css";
import { useReader } from "./reader.tsx";

export interface Looking {
  /** Null: nothing is shown. */
  readonly at: Message | null;
  readonly close: () => void;
}

export function ReactionPeople({ looking: { at, close } }: { readonly looking: Looking }) {
  const { t } = useReader();
  return (
    <Dialog.Root open={at !== null} onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <DialogHeading title={t("reactions")} />
          <div className={popup.body}>{at && <Kinds messageId={at.id} />}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Kind = NonNullable<ReactionsQuery["message"]>["reactions"][number];

/** As many of each emoji as one page has. */
const FIRST = 50;

function Kinds({ messageId }: { readonly messageId: string }) {
  const { t } = useReader();
  const { t: common } = useTranslation("shell");
  const [kinds, setKinds] = useState<readonly Kind[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    client.run(Reactions, { messageId, first: FIRST }).then(
      ({ message }) => isCurrent && setKinds(message?.reactions ?? []),
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [messageId]);
  if (failure !== null) return <p role="alert">{explain(failure, common)}</p>;
  if (!kinds) return <p role="status">{common("loading")}</p>;
  if (kinds.length === 0) return <p>{t("noReactions")}</p>;
  return kinds.map((kind) => <People key={kind.emoji} kind={kind} />);
}

function People({ kind: { emoji, count, people } }: { readonly kind: Kind }) {
  const { t, viewerId } = useReader();
  const more = count - people.edges.length;
  return (
    <section aria-label={emoji}>
      <h3 className={styles.heading}>
        {emoji} {count}
      </h3>
      <ul className={styles.list}>
        {people.edges.map(({ cursor, node: { user } }) => (
          <li key={cursor} className={styles.member}>
            <Avatar
              id={user?.id ?? ""}
              name={nameOf(user, t)}
              size="small"
              picture={user?.avatarUrl}
            />
            <span className={styles.texts} dir="auto">
              {user ? (
                <Link dir="auto" to="/people/$personId" params={{ personId: user.id }}>
                  {user.id === viewerId ? t("you") : user.displayName}
                </Link>
              ) : (
                nameOf(user, t)
              )}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.heading}>{t("morePeople", { count: more })}</p>}
    </section>
  );
}
