// One conversation.
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../shell/client.ts";
import { ConversationScreen } from "./conversation/conversation-screen.tsx";

const route = getRouteApi("/signedIn/conversations/conversations/$conversationId");

export function ConversationPage() {
  const { conversationId } = route.useParams();
  const [attempt, setAttempt] = useState(0);
  // Another conversation, or another attempt to open it, begins with nothing of the one before.
  return (
    <ConversationScreen
      key={`${conversationId} ${attempt}`}
      conversationId={conversationId}
      onReopen={() => {
        client.wake();
        setAttempt(attempt + 1);
      }}
    />
  );
}
