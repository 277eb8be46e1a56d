-- Threads: replies of a message are entries of the same log, and no part of the main timeline. Forwarded
-- messages.

ALTER TABLE "message"
    ADD COLUMN "thread_root_id" UUID,
    ADD COLUMN "is_forwarded" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "thread" (
    "root_id" UUID NOT NULL,
    "reply_count" INTEGER NOT NULL,
    "last_reply_seq" INTEGER NOT NULL,
    "last_reply_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("root_id")
);

-- CreateTable
CREATE TABLE "thread_mark" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "root_id" UUID NOT NULL,
    "read_seq" INTEGER NOT NULL,
    "is_following" BOOLEAN NOT NULL,

    CONSTRAINT "thread_mark_pkey" PRIMARY KEY ("conversation_id","user_id","root_id")
);

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_root_id_fkey" FOREIGN KEY ("root_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_mark" ADD CONSTRAINT "thread_mark_conversation_id_user_id_fkey" FOREIGN KEY ("conversation_id", "user_id") REFERENCES "member"("conversation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "thread" ADD CONSTRAINT "thread_reply_count_check" CHECK ("reply_count" >= 0);
ALTER TABLE "thread_mark" ADD CONSTRAINT "thread_mark_read_seq_check" CHECK ("read_seq" >= 0);

-- A deleted reply is not counted any more, whichever release deletes it.
CREATE FUNCTION "uncount_reply"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "thread" SET "reply_count" = "reply_count" - 1 WHERE "root_id" = NEW."thread_root_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "reply_deletions" AFTER UPDATE OF "deleted_at" ON "message"
FOR EACH ROW WHEN (NEW."thread_root_id" IS NOT NULL AND OLD."deleted_at" IS NULL AND NEW."deleted_at" IS NOT NULL)
EXECUTE FUNCTION "uncount_reply"();

-- Replies of threads have no number among the messages of the main timeline.
DROP TRIGGER "message_counts" ON "message";
CREATE TRIGGER "message_counts" BEFORE INSERT ON "message"
FOR EACH ROW WHEN (NEW."ordinal" IS NULL AND NEW."thread_root_id" IS NULL) EXECUTE FUNCTION "count_message"();

-- Makes the counts of one conversation anew, behind the lock of its stream.
CREATE OR REPLACE FUNCTION "recount_conversation"("wanted" UUID) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM "stream" WHERE "id" = 'conversation:' || "wanted" FOR NO KEY UPDATE;
    UPDATE "message" SET "ordinal" = "counted"."n"
    FROM (
        SELECT "id", row_number() OVER (ORDER BY "seq")::int AS "n" FROM "message"
        WHERE "conversation_id" = "wanted" AND "thread_root_id" IS NULL
    ) AS "counted"
    WHERE "message"."id" = "counted"."id" AND "message"."ordinal" IS DISTINCT FROM "counted"."n";
    UPDATE "conversation" SET "message_count" = (
        SELECT count(*) FROM "message" WHERE "conversation_id" = "wanted" AND "ordinal" IS NOT NULL
    ) WHERE "id" = "wanted";
    PERFORM FROM "member" WHERE "conversation_id" = "wanted" ORDER BY "user_id" FOR NO KEY UPDATE;
    UPDATE "member" SET "read_seq" = "own"."read_seq",
        "read_ordinal" = ordinal_at("wanted", "own"."read_seq"),
        "uncounted_behind" = uncounted_behind("wanted", "own"."user_id", "own"."read_seq")
    FROM (
        SELECT "user_id", greatest("read_seq", (
            SELECT max("seq") FROM "message"
            WHERE "conversation_id" = "wanted" AND "sender_id" = "member"."user_id"
                AND "thread_root_id" IS NULL
        )) AS "read_seq"
        FROM "member" WHERE "conversation_id" = "wanted"
    ) AS "own"
    WHERE "member"."conversation_id" = "wanted" AND "member"."user_id" = "own"."user_id";
END
$$;
