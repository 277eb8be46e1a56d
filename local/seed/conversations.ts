// The conversations of the demo, in the order in which they are made. Data only; it is in
// conversations/, by kind.
import { direct } from "./conversations/direct.ts";
import { french } from "./conversations/french.ts";
import { groups } from "./conversations/groups.ts";
import { matched } from "./conversations/matched.ts";
import type { ConversationPlan } from "./conversations/plan.ts";

/** Conversations that need no match. */
export const conversations: readonly ConversationPlan[] = [...direct, ...groups, ...french];

/** Conversations that open when two people accept each other's suggestion. */
export const matches: readonly ConversationPlan[] = matched;
