// The viewer's archived conversations up to their end, read once when they are wanted.
import type { InboxRow } from "@meetinity/client";
import { Conversations } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";

/** A conversation as a list to choose from shows it. */
export type Choice = Pick<InboxRow, "id" | "kind" | "title" | "pictureUrl" | "members">;

const PAGE = 50;

export function useArchived(isWanted: boolean) {
  const { t } = useTranslation("shell");
  const [rows, setRows] = useState<readonly Choice[]>([]);
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    async function read(): Promise<void> {
      const all: Choice[] = [];
      let after: string | null = null;
      do {
        const page: Page = await pageBehind(after);
        all.push(...page.rows);
        after = page.next;
      } while (after !== null && !isOver);
      if (!isOver) setRows(all);
    }
    setReading(true);
    read()
      .catch((error: unknown) => isOver || sayFailure(explain(error, t)))
      .finally(() => isOver || setReading(false));
    return () => {
      isOver = true;
    };
  }, [isWanted, t]);
  return { rows, isReading };
}

interface Page {
  readonly rows: readonly Choice[];
  readonly next: string | null;
}

async function pageBehind(after: string | null): Promise<Page> {
  const variables = { first: PAGE, filter: "ARCHIVED", after } as const;
  const { conversations } = await client.run(Conversations, variables);
  const { edges, pageInfo } = conversations;
  const rows = edges.map(({ node: { id, kind, title, pictureUrl, members } }) => ({
    ...{ id, kind, title, pictureUrl },
    members: members.edges,
  }));
  return { rows, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}
