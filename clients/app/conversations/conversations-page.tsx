// The list of conversations, and beside it the one that is open.
import { Outlet } from "@tanstack/react-router";

export function ConversationsPage() {
  return <Outlet />;
}
