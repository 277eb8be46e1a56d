// The English texts of the first load. Their shape is what every other language must have.
import { conversation } from "../conversations/conversation/texts.en.ts";
import { conversations } from "../conversations/texts.en.ts";
import { threads } from "../conversations/threads/texts.en.ts";
import { people } from "../people/texts.en.ts";
import { session } from "../session/texts.en.ts";
import { shell } from "../shell/texts.en.ts";

export const en = { shell, session, conversations, conversation, threads, people };
