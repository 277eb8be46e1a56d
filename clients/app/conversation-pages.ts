// The ways into conversations: the note to self, message requests, the threads that the viewer
// follows, new groups, and invite links of groups.
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";
import { type AnyRoute, createRoute } from "@tanstack/react-router";
import { pageWithTexts } from "./page-with-texts.ts";

export function conversationPages<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: "note",
      component: lazyPage(() => import("./conversations/note-page.tsx"), "NotePage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "requests",
      component: pageWithTexts(
        () => import("./conversations/requests/requests-page.tsx"),
        "RequestsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "threads",
      component: pageWithTexts(
        () => import("./conversations/followed/followed-page.tsx"),
        "FollowedPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "new-group",
      component: pageWithTexts(
        () => import("./conversations/groups/new-group-page.tsx"),
        "NewGroupPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "invite/$code",
      component: pageWithTexts(
        () => import("./conversations/groups/invite-page.tsx"),
        "InvitePage",
      ),
    }),
  ] as const;
}
