// A limit for waiting, where a page has something to show without an answer.
import { NetworkError } from "@meetinity/client";

/** Rejects with `NetworkError` when there is no answer in time. */
export function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new NetworkError(`There was no answer within ${ms} ms.`));
    const timer = setTimeout(late, ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
