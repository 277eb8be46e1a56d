// How far the viewer has read conversations, until the server knows it: kept in storage, so that
// what was read without a network is marked when it is back, whatever screen is open then.
import { isRetryable, signedOutError } from "./errors.ts";
import { MarkRead } from "./generated/operations.ts";
import { type InsistOptions, insist } from "./insist.ts";
import type { Observable } from "./observable.ts";
import type { Run } from "./requests.ts";
import { StoredList, type StoredListOptions } from "./stored-list.ts";

export interface ReadMark {
  readonly viewerId: string;
  readonly conversationId: string;
  readonly seq: number;
}

export interface ReadMarksOptions extends InsistOptions, Omit<StoredListOptions, "name"> {
  readonly run: Run;
}

export class ReadMarks {
  /** Those of all people who have used this installation. */
  readonly state: Observable<readonly ReadMark[]>;
  readonly #options: ReadMarksOptions;
  readonly #list: StoredList<ReadMark>;
  #isSending = false;
  #isClosed = false;

  constructor(options: ReadMarksOptions) {
    this.#options = options;
    this.#list = new StoredList({ ...options, name: "marks" });
    this.state = this.#list.state;
    options.session.subscribe(() => this.wake());
    void this.#list.sync().then(() => this.wake());
  }

  /** Resolves when the server knows it. Rejects with an error that another try does not change. */
  async mark(conversationId: string, seq: number): Promise<void> {
    const { viewerId } = this.#options.session.getSnapshot();
    if (viewerId === null) throw signedOutError();
    const mark = { viewerId, conversationId, seq };
    this.#list.change((list) => [...list.filter((each) => !isIn(each, mark)), mark]);
    const isOther = () => this.#options.session.getSnapshot().viewerId !== viewerId;
    await this.#send(mark, () => this.#isClosed || isOther());
  }

  /** How far a conversation is read that the server does not know; 0 when it knows all. */
  seqOf(conversationId: string): number {
    const { viewerId } = this.#options.session.getSnapshot();
    const own = this.state
      .getSnapshot()
      .filter((each) => each.viewerId === viewerId && each.conversationId === conversationId);
    return Math.max(0, ...own.map(({ seq }) => seq));
  }

  /** Sends what is stored, as when the network is back. */
  wake(): void {
    if (!this.#isSending) void this.#sendAll();
  }

  /** Forgets the marks of a person, who has signed out. */
  forget(viewerId: string): void {
    this.#list.change((list) => list.filter((each) => each.viewerId !== viewerId));
  }

  /** Stops sending. The marks stay in storage. */
  close(): void {
    this.#isClosed = true;
    this.#list.close();
  }

  async #sendAll(): Promise<void> {
    const { viewerId } = this.#options.session.getSnapshot();
    this.#isSending = true;
    for (const mark of this.state.getSnapshot()) {
      if (mark.viewerId !== viewerId || this.#isClosed) continue;
      // One try: the next waking is another one.
      await this.#send(mark, () => true).catch(() => {});
    }
    this.#isSending = false;
  }

  /** A mark that is older than another one changes nothing, so that it may be sent twice. */
  async #send(mark: ReadMark, isOver: () => boolean): Promise<void> {
    const { viewerId, ...input } = mark;
    const options = { isSafeToRepeat: true, viewerId };
    try {
      await insist(() => this.#options.run(MarkRead, { input }, options), this.#options, isOver);
    } catch (error) {
      if (!isRetryable(error)) this.#done(mark);
      throw error;
    }
    this.#done(mark);
  }

  #done(mark: ReadMark): void {
    this.#list.change((list) => list.filter((each) => !isIn(each, mark)));
  }
}

/** Whether a mark says nothing beyond another one. */
function isIn(mark: ReadMark, other: ReadMark): boolean {
  const isSame = mark.viewerId === other.viewerId && mark.conversationId === other.conversationId;
  return isSame && mark.seq <= other.seq;
}
