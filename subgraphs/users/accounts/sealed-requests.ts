// Requests of strangers that the worker carries out, such as a mail to an address. The server looks
// nothing up, so that its answer and its time cannot tell which addresses have accounts.
import { z } from "zod";
import { newId } from "#kit/data/id";
import type { JobKind } from "#kit/jobs/kinds";
import { jobKind, jobOf, type NewJob } from "#kit/jobs/kinds";
import type { Sealing } from "#kit/trust/sealing";

const payload = z.object({ sealed: z.string(), wrapped: z.string() });

export type SealedRequestKind = JobKind<typeof payload>;

/** A kind of requests. They are `urgent`: a person waits for the mail. */
export function sealedRequestKind(name: string): SealedRequestKind {
  return jobKind(name, payload, { priority: "urgent" });
}

/** A request as a job, sealed by a key of its own, which goes with the job. */
export function sealedRequest(
  kind: SealedRequestKind,
  { sealing }: { readonly sealing: Sealing },
  request: unknown,
): NewJob {
  const key = newId();
  const wrapped = sealing.newKey(key);
  const sealed = sealing.of(key, wrapped).seal(kind.name, JSON.stringify(request));
  return jobOf(kind, { sealed, wrapped: wrapped.toString("base64url") }, { key });
}

/** The request in a job of this kind. */
export function openRequest(
  kind: SealedRequestKind,
  { sealing }: { readonly sealing: Sealing },
  job: { readonly key: string; readonly payload: z.output<typeof payload> },
): unknown {
  const { sealed, wrapped } = job.payload;
  const seal = sealing.of(job.key, Buffer.from(wrapped, "base64url"));
  return JSON.parse(seal.open(kind.name, sealed));
}
