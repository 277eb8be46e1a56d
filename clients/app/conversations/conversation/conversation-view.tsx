// A conversation that is open: its header, its messages, and the field for another one.
import type { Conversation, ConversationState } from "@meetinity/client";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { CannotWrite } from "../composer/cannot-write.tsx";
import { Composer } from "../composer/composer.tsx";
import { TypingLine } from "../composer/typing-line.tsx";
import { useComposing } from "../composer/use-composing.ts";
import { MessageLog } from "../log/message-log.tsx";
import { ReaderContext } from "../log/reader.tsx";
import threads from "../threads/thread.module.css";
import { useFocusBack } from "../threads/use-focus-back.ts";
import { useThread } from "../threads/use-thread.ts";
import { useThreadPanel } from "../threads/use-thread-panel.ts";
import styles from "./conversation.module.css";
import { ConversationHeader } from "./conversation-header.tsx";
import { otherOf, titleOf } from "./names.ts";
import { useLayers } from "./use-layers.ts";
import { useMessageActions } from "./use-message-actions.ts";
import { useReaderOf } from "./use-reader-of.ts";
import { useScroller } from "./use-scroller.ts";

interface ConversationViewProps {
  readonly conversation: Conversation;
  readonly conversationId: string;
  readonly state: ConversationState;
  readonly onReopen: () => void;
}

export function ConversationView(props: ConversationViewProps) {
  const { conversation, conversationId, state, onReopen } = props;
  const { t } = useTranslation("conversation");
  const { viewerId } = useObservable(client.session);
  const scrolling = useScroller(conversation, state.firstUnreadSeq);
  const composing = useComposing({
    ...{ conversation, conversationId, filesTo: conversationId, state, viewerId },
    onSent: scrolling.jumpToEnd,
  });
  const thread = useThread(conversationId, composing.begin);
  useFocusBack(conversation, thread.rootId);
  const { actions, ...doings } = useMessageActions(conversation, thread, scrolling);
  const { conflict } = composing;
  const ofMessages = { ...doings, conflict };
  const { Layers, layers, showDetails } = useLayers(
    { conversation, conversationId, state },
    ofMessages,
  );
  const Panel = useThreadPanel(thread);
  const reader = useReaderOf(conversationId, state, viewerId, actions);
  const title = titleOf(state, viewerId, t);
  const mayWrite = state.kind !== "GROUP" || state.viewerRights.includes("SEND_MESSAGES");
  const sending = state.sending === "OPEN" && !mayWrite ? "ADMINS_ONLY" : state.sending;
  useTitle(title);
  return (
    <ReaderContext value={reader}>
      <div className={threads.beside} data-open={thread.rootId !== null || undefined}>
        <section className={styles.conversation} aria-label={title}>
          <ConversationHeader {...{ conversationId, title, state }} onDetails={showDetails} />
          <MessageLog
            conversation={conversation}
            state={state}
            scroller={scrolling.scroller}
            isAway={scrolling.isAway}
            highlighted={scrolling.highlighted}
            onToEnd={scrolling.jumpToEnd}
          />
          {sending === "OPEN" ? (
            <>
              <TypingLine members={state.members} typing={state.typing} />
              <Composer
                composing={composing}
                isUnverified={state.outgoing.some(({ code }) => code === "EmailNotVerifiedProblem")}
              />
            </>
          ) : (
            <CannotWrite sending={sending} other={otherOf(state, viewerId)} onReopen={onReopen} />
          )}
        </section>
        {Panel && thread.rootId !== null && (
          <Panel
            key={thread.rootId}
            conversation={conversation}
            rootId={thread.rootId}
            place={thread.place}
          />
        )}
      </div>
      {Layers && <Layers {...layers} />}
    </ReaderContext>
  );
}
