// The drafts of the viewer, one text for each conversation, on all their devices. A draft is kept
// here at once, and saved at the server a moment after the last key, or when the network is back.
import { isRetryable } from "./errors.ts";
import { SaveDraft } from "./generated/operations.ts";
import type { Observable } from "./observable.ts";
import type { Clock } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import { StoredList, type StoredListOptions } from "./stored-list.ts";

export interface Draft {
  readonly viewerId: string;
  readonly conversationId: string;
  readonly body: string;
  /** The message that it answers; not in drafts that an earlier version has stored. */
  readonly replyToId?: string | null;
  /** Of the server's draft that it replaces, or that it is. */
  readonly version: number;
  /** The server has it. */
  readonly isSaved: boolean;
  /** The text of another device that it replaced, until the viewer has decided about that. */
  readonly other: string | null;
}

/** As the server has it. */
interface ServerDraft {
  readonly body: string;
  readonly replyToId: string | null;
  readonly version: number;
}

const NOTHING: ServerDraft = { body: "", replyToId: null, version: 0 };

type Text = Pick<Draft, "body" | "replyToId">;

function isSameText(one: Text, other: Text): boolean {
  return one.body === other.body && (one.replyToId ?? null) === (other.replyToId ?? null);
}

export interface DraftsOptions extends Omit<StoredListOptions, "name"> {
  readonly run: Run;
  readonly session: Session;
  readonly clock: Clock;
}

/** A pause in writing. */
const SAVE_MS = 1_000;

export class Drafts {
  /** Those of all people who have used this installation. */
  readonly state: Observable<readonly Draft[]>;
  readonly #options: DraftsOptions;
  readonly #list: StoredList<Draft>;
  /** The newest drafts of the server that are known, by conversation. */
  readonly #known = new Map<string, ServerDraft>();
  /** How to cancel the next saving, by conversation. */
  readonly #due = new Map<string, () => void>();
  readonly #beingSaved = new Set<string>();

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#list = new StoredList({ ...options, name: "drafts" });
    this.state = this.#list.state;
    options.session.subscribe(() => this.wake());
    void this.#list.sync().then(() => this.wake());
  }

  /** The viewer's draft in a conversation; null when none is known here. */
  find(conversationId: string): Draft | null {
    const viewerId = this.#viewerId();
    const isIt = (each: Draft) =>
      each.viewerId === viewerId && each.conversationId === conversationId;
    return this.state.getSnapshot().find(isIt) ?? null;
  }

  /** Call it for each key. An empty text takes the draft away. */
  write(conversationId: string, body: string, replyToId: string | null = null): void {
    const viewerId = this.#viewerId();
    if (viewerId === null) return;
    const known = this.find(conversationId);
    const version = known?.version ?? this.#known.get(conversationId)?.version ?? 0;
    const other = known?.other ?? null;
    const text = { body, replyToId: body === "" ? null : replyToId, version };
    this.#put({ viewerId, conversationId, ...text, isSaved: false, other });
    this.#saveIn(SAVE_MS, conversationId);
  }

  /** The server's draft, as a page or an event has it. What is not saved yet stays. */
  learned(conversationId: string, draft: ServerDraft | null): void {
    const viewerId = this.#viewerId();
    if (viewerId === null || !draft) return;
    const known = this.find(conversationId);
    const newest = this.#known.get(conversationId)?.version ?? 0;
    if (draft.version <= Math.max(known?.version ?? 0, newest)) return;
    this.#known.set(conversationId, draft);
    if (known && !known.isSaved) return;
    const { body, replyToId, version } = draft;
    const other = known?.other ?? null;
    const text = { body, replyToId, version };
    this.#put({ viewerId, conversationId, ...text, isSaved: true, other });
  }

  /** The viewer has decided about the text of the other device: that one, or their own. */
  decide(conversationId: string, takesOther: boolean): void {
    const known = this.find(conversationId);
    if (known?.other == null) return;
    this.#put({ ...known, other: null });
    if (takesOther) this.write(conversationId, known.other, known.replyToId);
  }

  /** Saves what is not saved yet, as when the network is back. */
  wake(): void {
    const viewerId = this.#viewerId();
    for (const each of this.state.getSnapshot()) {
      if (each.viewerId === viewerId && !each.isSaved && !this.#due.has(each.conversationId)) {
        void this.#save(each.conversationId);
      }
    }
  }

  /** Forgets the drafts of a person, who has signed out. The server keeps what is saved. */
  forget(viewerId: string): void {
    this.#known.clear();
    this.#list.change((list) => list.filter((each) => each.viewerId !== viewerId));
  }

  /** Stops saving. The drafts stay in storage. */
  close(): void {
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
    this.#list.close();
  }

  #saveIn(ms: number, conversationId: string): void {
    this.#due.get(conversationId)?.();
    const cancel = this.#options.clock.after(ms, () => {
      this.#due.delete(conversationId);
      void this.#save(conversationId);
    });
    this.#due.set(conversationId, cancel);
  }

  async #save(conversationId: string): Promise<void> {
    const draft = this.find(conversationId);
    if (!draft || draft.isSaved || this.#beingSaved.has(conversationId)) return;
    const known = this.#known.get(conversationId) ?? NOTHING;
    // As after a message that was written and sent at once.
    if (isSameText(draft, known) && draft.version === known.version) {
      return this.#put({ ...draft, isSaved: true });
    }
    this.#beingSaved.add(conversationId);
    try {
      await this.#send(draft);
    } catch (error) {
      // Without a network it waits. What the server does not take stays here alone.
      if (!isRetryable(error)) this.#put({ ...draft, isSaved: true });
      return;
    } finally {
      this.#beingSaved.delete(conversationId);
    }
    // Something may have been written meanwhile.
    if (!this.#due.has(conversationId)) void this.#save(conversationId);
  }

  async #send(draft: Draft): Promise<void> {
    const { viewerId, conversationId, body, replyToId = null, version: expectedVersion } = draft;
    const input = { conversationId, body, replyToId, expectedVersion };
    const options = { isSafeToRepeat: true, viewerId };
    const { saveDraft: result } = await this.#options.run(SaveDraft, { input }, options);
    const { version, body: theirs } = result.draft;
    this.#known.set(conversationId, result.draft);
    const now = this.find(conversationId);
    if (!now || now.viewerId !== viewerId) return;
    if (result.__typename === "SaveDraftSuccess") {
      this.#put({ ...now, version, isSaved: isSameText(now, draft) });
    } else {
      // Another device saved a newer one. What is written here replaces it, and it is offered.
      const isNews = theirs !== "" && theirs !== now.body;
      this.#put({ ...now, version, other: isNews ? theirs : now.other });
    }
  }

  /** One without a text is forgotten once the server knows it. */
  #put(draft: Draft): void {
    const isGone = draft.isSaved && draft.body === "" && draft.other === null;
    this.#list.change((list) => {
      const others = list.filter(
        ({ viewerId, conversationId }) =>
          viewerId !== draft.viewerId || conversationId !== draft.conversationId,
      );
      return isGone ? others : [...others, draft];
    });
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }
}
