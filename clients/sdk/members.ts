// The members of a conversation: all of them, page by page.
import { type About, aboutOf } from "./conversation-about.ts";
import { ConversationMembers, type ConversationMembersQuery } from "./generated/operations.ts";
import { type InsistOptions, insist } from "./insist.ts";
import type { ConversationPage } from "./messages.ts";
import type { Run } from "./requests.ts";

export type Members = ConversationPage["members"]["edges"];
type Page = NonNullable<ConversationMembersQuery["conversation"]>;

export interface MemberListOptions extends InsistOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly onChange: (change: MemberChange) => void;
}

/** The parts of the state that change with the members. */
interface MemberChange extends About {
  readonly members: Members;
}

export class MemberList {
  readonly #options: MemberListOptions;
  /** Of the list that is being read; a later change makes it stale. */
  #generation = 0;
  #isClosed = false;

  constructor(options: MemberListOptions) {
    this.#options = options;
  }

  /** Reads all pages, and again when it is called before they are here. */
  async read(): Promise<void> {
    this.#generation += 1;
    const generation = this.#generation;
    const isOver = () => this.#isClosed || generation !== this.#generation;
    const members: Members[number][] = [];
    try {
      for (let after: string | null = null; ; ) {
        const page: Page | null = await insist(() => this.#page(after), this.#options, isOver);
        if (!page || isOver()) return;
        members.push(...page.members.edges);
        const { hasNextPage, endCursor } = page.members.pageInfo;
        if (!hasNextPage) return this.#options.onChange({ ...aboutOf(page), members });
        after = endCursor;
      }
    } catch {
      // The stream of the conversation ends with the same reason.
    }
  }

  close(): void {
    this.#isClosed = true;
  }

  async #page(after: string | null): Promise<Page | null> {
    const { run, conversationId: id } = this.#options;
    const { conversation } = await run(ConversationMembers, { id, ...(after && { after }) });
    return conversation;
  }
}
