// The errors of the storage port.

export type StorageProblem =
  /** There is no such file. */
  | "NOT_FOUND"
  /** The upload was finished, aborted or swept, or never was. */
  | "UPLOAD_NOT_FOUND"
  /** Parts are missing, or have not the size that was agreed. */
  | "UPLOAD_INCOMPLETE"
  /** The bytes are not those that were announced. */
  | "BROKEN"
  /** The store does not answer, or is full: later it may. */
  | "UNAVAILABLE"
  /** The store answers what nobody expects: settings are wrong, or it is a bug. */
  | "REFUSED";

/** Its message names what the store said and no key, file name or URL. */
export class StorageFailure extends Error {
  override readonly name = "StorageFailure";
  readonly problem: StorageProblem;
  /** For `isOutage` of the kit. */
  readonly code: string;

  constructor(problem: StorageProblem, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.problem = problem;
    this.code = `STORAGE_${problem}`;
  }
}
