// The English texts of the first load. Their shape is what every other language must have.
import { session } from "../session/texts.en.ts";
import { shell } from "../shell/texts.en.ts";

export const en = { shell, session };
