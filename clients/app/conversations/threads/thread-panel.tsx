// The thread of a message, beside the log on a wide screen and over it on a small one: the message,
// its replies, and a field for another one.
import type { Conversation, Message, ThreadState } from "@meetinity/client";
import { Button, IconButton } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Failed } from "@meetinity/ui/components/state.tsx";
import { formatFull, formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { X } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { MessageFiles } from "../attachments/message-files.tsx";
import { Composer } from "../composer/composer.tsx";
import { useComposing } from "../composer/use-composing.ts";
import { nameOf } from "../conversation/names.ts";
import { MessageBody } from "../log/message-body.tsx";
import { ReaderContext, useReader } from "../log/reader.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { FollowButton } from "./follow-button.tsx";
import { Replies } from "./replies.tsx";
import styles from "./thread.module.css";
import { useOpenThread } from "./use-open-thread.ts";
import type { ThreadPlace } from "./use-thread.ts";

export interface ThreadPanelProps {
  readonly conversation: Conversation;
  readonly rootId: string;
  readonly place: ThreadPlace;
}

export function ThreadPanel({ conversation, rootId, place }: ThreadPanelProps) {
  const { t } = useTranslation("threads");
  const { t: common } = useTranslation("shell");
  const open = useOpenThread(conversation, rootId);
  const panel = useRef<HTMLElement>(null);
  // On a keyboard, the field takes it over.
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      aria-label={t("title")}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && place.close()}
    >
      <header className={styles.heading}>
        <h2>{t("title")}</h2>
        {open?.state.root?.thread && (
          <FollowButton rootId={rootId} thread={open.state.root.thread} />
        )}
        <IconButton name={common("close")} onClick={place.close}>
          <X aria-hidden="true" size={22} />
        </IconButton>
      </header>
      {open && <Content {...{ conversation, rootId, place }} {...open} />}
    </section>
  );
}

interface ContentProps extends ThreadPanelProps {
  readonly thread: ReturnType<Conversation["thread"]>;
  readonly state: ThreadState;
}

function Content({ conversation, rootId, place, thread, state }: ContentProps) {
  const { t } = useTranslation("threads");
  const reader = useReader();
  const { conversationId, viewerId, isOpen } = reader;
  const sender = useMemo(
    () => ({
      send: (...told: Parameters<typeof thread.send>) => thread.send(...told),
      edit: (...told: Parameters<typeof conversation.edit>) => conversation.edit(...told),
      setTyping() {},
    }),
    [conversation, thread],
  );
  const list = useRef<HTMLDivElement>(null);
  const { members, viewerRights } = useObservable(conversation);
  const shown = { messages: state.messages, hasLater: false, members, viewerRights };
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  const composing = useComposing({
    ...{ conversation: sender, conversationId: rootId, filesTo: conversationId },
    ...{ state: shown, viewerId },
    onSent: toEnd,
  });
  useEffect(() => place.onPurpose(composing.begin), [place, composing.begin]);
  useStickToEnd(list, state);
  useMarkRead(thread, state);
  const names = { field: t("field"), send: t("send") };
  const own = useMemo(() => ({ ...reader, isInThread: true }), [reader]);
  if (state.status === "failed") {
    return <Failed heading={t("failed")} error={state.error} onRetry={() => void thread.open()} />;
  }
  if (state.status === "gone") return <p className={styles.note}>{t("gone")}</p>;
  return (
    <ReaderContext value={own}>
      <div ref={list} className={styles.replies}>
        {state.root && <Root root={state.root} />}
        {state.hasEarlier && <Earlier thread={thread} />}
        <Replies state={state} />
      </div>
      {isOpen && state.root?.deletedAt === null && <Composer {...{ composing, names }} />}
      <ConflictDialog conflict={composing.conflict} />
      {state.root && state.root.deletedAt !== null && <p className={styles.note}>{t("closed")}</p>}
    </ReaderContext>
  );
}

function Root({ root }: { readonly root: Message }) {
  const { t, dates, viewerId } = useReader();
  const { sender, createdAt, body } = root;
  const name = sender !== null && sender.id === viewerId ? t("you") : nameOf(sender, t);
  return (
    <article className={styles.root} aria-label={name}>
      <div className={styles.rootName} dir="auto">
        {name}{" "}
        <time className={styles.rootTime} dateTime={createdAt} title={formatFull(createdAt, dates)}>
          {formatListTime(createdAt, dates)}
        </time>
      </div>
      <MessageFiles files={root.attachments} />
      {body === null ? t("deleted") : <MessageBody body={body} named={root} />}
    </article>
  );
}

function Earlier({ thread }: Pick<ContentProps, "thread">) {
  const { t } = useTranslation("threads");
  const { t: common } = useTranslation("shell");
  const load = () =>
    thread.loadEarlier().catch((error: unknown) => sayFailure(explain(error, common)));
  return (
    <p className={styles.note}>
      <Button isSmall onClick={() => void load()}>
        {t("earlier")}
      </Button>
    </p>
  );
}

/** A reader at the end stays there when replies come. */
function useStickToEnd(list: { readonly current: HTMLElement | null }, state: ThreadState): void {
  const wasAtEnd = useRef(true);
  const last = state.outgoing.at(-1)?.clientMessageId ?? state.messages.at(-1)?.id;
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (last !== undefined && wasAtEnd.current) element.scrollTop = element.scrollHeight;
    const remember = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop;
      wasAtEnd.current = below < 48;
    };
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [list, last]);
}

/** The shown part of a thread is read, as long as the page is looked at. */
function useMarkRead(thread: { markRead(): Promise<void> }, state: ThreadState): void {
  const last = state.messages.at(-1)?.seq;
  const open = useRef(thread);
  open.current = thread;
  useEffect(() => {
    if (last === undefined) return;
    // Without a network, the mark moves with the next reply.
    const read = () => void (document.hidden || open.current.markRead().catch(() => {}));
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [last]);
}
