// Opens the conversation of the viewer and another person: always the same one.
import { OpenDirectConversation } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import { client } from "./client.ts";

/** The id of the conversation of the two, or why there is none. */
type Opened =
  | { readonly id: string }
  | { readonly id: null; readonly why: "notAllowed" | "notVerified" }
  | { readonly id: null; readonly why: "tooMany"; readonly requestsMax: number };

export async function openConversation(userId: string): Promise<Opened> {
  const options = { isSafeToRepeat: true };
  try {
    const opening = client.run(OpenDirectConversation, { input: { userId } }, options);
    const { openDirectConversation: result } = await opening;
    if (result.__typename === "OpenDirectConversationSuccess") return result.conversation;
    if (result.__typename === "TooManyRequestsProblem") {
      return { id: null, why: "tooMany", requestsMax: result.requestsMax };
    }
    const isVerified = result.__typename !== "EmailNotVerifiedProblem";
    return { id: null, why: isVerified ? "notAllowed" : "notVerified" };
  } catch (error) {
    if (codeOf(error) === "NOT_FOUND") return { id: null, why: "notAllowed" };
    throw error;
  }
}
