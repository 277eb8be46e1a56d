// The heading above the list: its name, the lists to choose from, and the ways to the archive, to
// the note to self and to a new group.
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { Link } from "@tanstack/react-router";
import { Archive, ArrowLeft, NotebookPen, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./list.module.css";
import { ListChoice } from "./list-choice.tsx";
import type { ListName } from "./lists.ts";

interface ListHeadingProps {
  readonly list: ListName | undefined;
  /** A conversation is open, and has the heading of the page. */
  readonly isBeside: boolean;
}

export const HEADING_ID = "inbox-heading";

export function ListHeading({ list, isBeside }: ListHeadingProps) {
  const { t } = useTranslation("conversations");
  const Heading = isBeside ? "h2" : "h1";
  const isArchive = list === "archived";
  return (
    <div className={styles.heading}>
      <div className={styles.titles}>
        {isArchive && (
          <Link to="." search={{}} className={styles.back} aria-label={t("lists.back")}>
            <ArrowLeft aria-hidden="true" size={22} />
          </Link>
        )}
        <Heading id={HEADING_ID}>{isArchive ? t("lists.archived") : t("title")}</Heading>
        {!isArchive && <Ways />}
      </div>
      {!isArchive && <ListChoice list={list} />}
    </div>
  );
}

function Ways() {
  const { t } = useTranslation("conversations");
  const { t: names } = useTranslation("conversation");
  const className = buttonClass({ kind: "plain" }, true);
  const [note, archive] = [names("noteToSelf"), t("lists.archived")];
  const group = t("newGroup");
  return (
    <>
      <Link to="/new-group" className={className} aria-label={group} title={group}>
        <UsersRound aria-hidden="true" size={20} />
      </Link>
      <Link to="/note" className={className} aria-label={note} title={note}>
        <NotebookPen aria-hidden="true" size={20} />
      </Link>
      <Link
        to="."
        search={{ list: "archived" }}
        className={className}
        aria-label={archive}
        title={archive}
      >
        <Archive aria-hidden="true" size={20} />
      </Link>
    </>
  );
}
