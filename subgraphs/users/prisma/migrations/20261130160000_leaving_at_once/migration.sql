-- An account that nobody confirmed is erased without time to come back.
ALTER TABLE "leaving" DROP CONSTRAINT "leaving_leaves_at_check";
ALTER TABLE "leaving" ADD CONSTRAINT "leaving_leaves_at_check" CHECK ("leaves_at" >= "asked_at") NOT VALID;
ALTER TABLE "leaving" VALIDATE CONSTRAINT "leaving_leaves_at_check";
