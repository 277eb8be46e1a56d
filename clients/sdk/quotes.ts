// The quotes of replies whose message is on no page here: each is read once, and kept as new as the
// events are.
import { FindMessage } from "./generated/operations.ts";
import { type InsistOptions, insist } from "./insist.ts";
import type { Message, Quote } from "./messages.ts";
import type { Run } from "./requests.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { quoteOf, quoteWith } from "./timeline.ts";

export interface QuotesOptions extends InsistOptions {
  readonly run: Run;
  /** Whether the viewer sees the message with this `seq`. */
  readonly sees: (seq: number) => boolean;
  readonly onQuote: (quote: Quote) => void;
}

type MessageOfEvent = NonNullable<
  Extract<ConversationEvent, { readonly message: unknown }>["message"]
>;

export class Quotes {
  readonly #options: QuotesOptions;
  /** Null while a quote is on its way, and when the viewer may not see the message. */
  readonly #quotes = new Map<string, Quote | null>();
  /** The latest text of a message whose quote is on its way. */
  readonly #texts = new Map<string, MessageOfEvent>();
  #isClosed = false;

  constructor(options: QuotesOptions) {
    this.#options = options;
  }

  /** From the messages that are here. Otherwise it is read, and null until it has come. */
  find(messageId: string, messages: readonly Message[]): Quote | null {
    const message = messages.find(({ id }) => id === messageId);
    if (message) return quoteOf(message);
    if (!this.#quotes.has(messageId)) void this.#read(messageId);
    const quote = this.#quotes.get(messageId);
    return quote && this.#options.sees(quote.seq) ? quote : null;
  }

  received(event: ConversationEvent): void {
    if (!("message" in event) || !event.message) return;
    const { message } = event;
    const quote = this.#quotes.get(message.id);
    if (quote) this.#quotes.set(message.id, quoteWith(quote, message));
    else if (quote === null) this.#texts.set(message.id, message);
  }

  close(): void {
    this.#isClosed = true;
  }

  async #read(id: string): Promise<void> {
    const { run, onQuote } = this.#options;
    this.#quotes.set(id, null);
    try {
      const isOver = () => this.#isClosed;
      const { message } = await insist(() => run(FindMessage, { id }), this.#options, isOver);
      const text = this.#texts.get(id);
      this.#texts.delete(id);
      if (!message || this.#isClosed) return;
      const quote = text ? quoteWith(message, text) : message;
      this.#quotes.set(id, quote);
      onQuote(quote);
    } catch {
      // It is tried again with the next reply to the message.
      this.#quotes.delete(id);
    }
  }
}
