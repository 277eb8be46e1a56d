// Words that the graph suggests for skills and interests. Without an answer there are none, and
// people write their own.
import { SuggestedTopics, type TopicKind } from "@meetinity/client/operations";
import { useEffect, useState } from "react";
import { client } from "../../shell/client.ts";

const PAUSE_MS = 150;
const NONE: readonly string[] = [];

/** The answers, by kind and search, as long as the page is open. */
const known = new Map<string, readonly string[]>();
/** Those on their way: two fields may ask for one thing at once. */
const asked = new Map<string, Promise<readonly string[]>>();

function ask(key: string, kind: TopicKind, wanted: string): Promise<readonly string[]> {
  const onItsWay = asked.get(key);
  if (onItsWay) return onItsWay;
  const answer = client
    .run(SuggestedTopics, { kind, search: wanted === "" ? null : wanted })
    .then(({ suggestedTopics }) => {
      known.set(key, suggestedTopics);
      return suggestedTopics;
    })
    .finally(() => asked.delete(key));
  asked.set(key, answer);
  return answer;
}

/** The words for what is typed; those of the last search until the answer comes. */
export function useSuggestedTopics(kind: TopicKind, search: string): readonly string[] {
  const [words, setWords] = useState(NONE);
  const wanted = search.trim();
  useEffect(() => {
    let isOpen = true;
    const show = (found: readonly string[]) => isOpen && setWords(found);
    const key = `${kind} ${wanted}`;
    const answered = known.get(key);
    if (answered) {
      show(answered);
      return;
    }
    const timer = setTimeout(() => {
      ask(key, kind, wanted).then(show, () => show(NONE));
    }, PAUSE_MS);
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [kind, wanted]);
  return words;
}
