// Follows a thread, or stops to. It shows the change once the viewer's own log tells it, on this
// device as on the others.
import type { Message } from "@meetinity/client";
import { FollowThread } from "@meetinity/client/operations";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { Bell, BellOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useAttempt } from "../conversation/use-attempt.ts";

interface FollowButtonProps {
  readonly rootId: string;
  readonly thread: NonNullable<Message["thread"]>;
}

export function FollowButton({ rootId: messageId, thread: { isFollowing } }: FollowButtonProps) {
  const { t } = useTranslation("threads");
  const attempt = useAttempt();
  const Icon = isFollowing ? BellOff : Bell;
  function change(): void {
    const input = { messageId, isFollowing: !isFollowing };
    const options = { isSafeToRepeat: true };
    void attempt(async () => (await client.run(FollowThread, { input }, options)).followThread);
  }
  return (
    <IconButton name={t(isFollowing ? "unfollow" : "follow")} onClick={change}>
      <Icon aria-hidden="true" size={20} />
    </IconButton>
  );
}
