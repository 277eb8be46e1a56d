// Measures memory in this process.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * The bytes that this process holds after a garbage collection, with buffers outside the heap.
 * Collects twice, because buffers that the first collection frees count until the next one.
 */
export async function heldBytes(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  collect();
  await new Promise(setImmediate);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
