-- Threads: replies of a message are entries of the same log, and no part of the main timeline. Forwarded
-- messages.

ALTER TABLE "message"
    ADD COLUMN "thread_root_id" UUID,
    ADD COLUMN "reply_ordinal" INTEGER,
    ADD COLUMN "is_forwarded" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "thread" (
    "root_id" UUID NOT NULL,
    "reply_count" INTEGER NOT NULL,
    "reply_total" INTEGER NOT NULL,
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
    "read_ordinal" INTEGER NOT NULL DEFAULT 0,
    "uncounted_behind" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "thread_mark_pkey" PRIMARY KEY ("conversation_id","user_id","root_id")
);

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_root_id_fkey" FOREIGN KEY ("root_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_mark" ADD CONSTRAINT "thread_mark_conversation_id_user_id_fkey" FOREIGN KEY ("conversation_id", "user_id") REFERENCES "member"("conversation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "thread" ADD CONSTRAINT "thread_reply_count_check" CHECK ("reply_count" >= 0);
ALTER TABLE "thread_mark" ADD CONSTRAINT "thread_mark_read_seq_check" CHECK ("read_seq" >= 0);

-- Unread replies are read, not counted: those of the thread, minus those up to a member's mark, minus
-- those behind it that do not count, as in the main timeline.

-- How many replies of a thread have a seq up to this one.
CREATE FUNCTION "reply_ordinal_at"("root" UUID, "seq" INTEGER) RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN coalesce((
    SELECT "message"."reply_ordinal" FROM "message"
    WHERE "message"."thread_root_id" = "reply_ordinal_at"."root"
        AND "message"."seq" <= "reply_ordinal_at"."seq"
    ORDER BY "message"."seq" DESC LIMIT 1
), 0);

-- How many replies behind a seq do not count for a person: deleted, by anybody or for themselves, or
-- their own, which are there only if they left and came back.
CREATE FUNCTION "uncounted_replies"("root" UUID, "person" UUID, "seq" INTEGER) RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN (
    SELECT count(*)::int FROM "message"
    WHERE "message"."thread_root_id" = "uncounted_replies"."root"
        AND "message"."seq" > "uncounted_replies"."seq" AND (
            "message"."deleted_at" IS NOT NULL OR "message"."sender_id" = "uncounted_replies"."person"
            OR EXISTS (
                SELECT FROM "hidden_message"
                WHERE "hidden_message"."conversation_id" = "message"."conversation_id"
                    AND "hidden_message"."user_id" = "uncounted_replies"."person"
                    AND "hidden_message"."seq" = "message"."seq"
            )
        )
);

-- A mark that is new or moves. The row of the thread is locked first: a deletion that holds it commits
-- before the statements in here, each with a snapshot of its own, and a later one sees the mark.
CREATE FUNCTION "count_at_thread_mark"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM "thread" WHERE "root_id" = NEW."root_id" FOR SHARE;
    NEW."read_ordinal" := reply_ordinal_at(NEW."root_id", NEW."read_seq");
    NEW."uncounted_behind" := uncounted_replies(NEW."root_id", NEW."user_id", NEW."read_seq");
    RETURN NEW;
END
$$;
-- Whoever sets the ordinal too has counted.
CREATE TRIGGER "thread_mark_begins" BEFORE INSERT ON "thread_mark"
FOR EACH ROW WHEN (NEW."read_ordinal" = 0) EXECUTE FUNCTION "count_at_thread_mark"();
CREATE TRIGGER "thread_mark_moves" BEFORE UPDATE OF "read_seq" ON "thread_mark"
FOR EACH ROW WHEN (NEW."read_seq" <> OLD."read_seq" AND NEW."read_ordinal" = OLD."read_ordinal")
EXECUTE FUNCTION "count_at_thread_mark"();

-- A deleted reply is not counted any more, whichever release deletes it.
CREATE FUNCTION "uncount_reply"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "thread" SET "reply_count" = "reply_count" - 1 WHERE "root_id" = NEW."thread_root_id";
    UPDATE "thread_mark" SET "uncounted_behind" = "uncounted_behind" + 1
    WHERE "conversation_id" = NEW."conversation_id" AND "root_id" = NEW."thread_root_id"
        AND "read_seq" < NEW."seq" AND "user_id" <> OLD."sender_id" AND NOT EXISTS (
            SELECT FROM "hidden_message"
            WHERE "hidden_message"."conversation_id" = "thread_mark"."conversation_id"
                AND "hidden_message"."user_id" = "thread_mark"."user_id"
                AND "hidden_message"."seq" = NEW."seq"
        );
    RETURN NULL;
END
$$;
CREATE TRIGGER "reply_deletions" AFTER UPDATE OF "deleted_at" ON "message"
FOR EACH ROW WHEN (NEW."thread_root_id" IS NOT NULL AND OLD."deleted_at" IS NULL AND NEW."deleted_at" IS NOT NULL)
EXECUTE FUNCTION "uncount_reply"();

-- A reply that a member deletes for themselves, behind the lock of the stream. Without a mark they get
-- one at the beginning, which has the count.
CREATE FUNCTION "uncount_hidden_reply"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "reply" RECORD;
BEGIN
    SELECT "thread_root_id", "sender_id" INTO "reply" FROM "message"
    WHERE "conversation_id" = NEW."conversation_id" AND "seq" = NEW."seq"
        AND "thread_root_id" IS NOT NULL AND "deleted_at" IS NULL;
    IF NOT FOUND THEN RETURN NULL; END IF;
    INSERT INTO "thread_mark" ("conversation_id", "user_id", "root_id", "read_seq", "is_following")
    VALUES (NEW."conversation_id", NEW."user_id", "reply"."thread_root_id", 0, false)
    ON CONFLICT ("conversation_id", "user_id", "root_id") DO UPDATE
    SET "uncounted_behind" = "thread_mark"."uncounted_behind" + 1
    WHERE "thread_mark"."read_seq" < NEW."seq" AND "thread_mark"."user_id" <> "reply"."sender_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "hidden_reply_counts" AFTER INSERT ON "hidden_message"
FOR EACH ROW EXECUTE FUNCTION "uncount_hidden_reply"();

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
    PERFORM recount_threads("wanted");
END
$$;

-- Makes the counts of its threads anew, behind the lock of its stream.
CREATE FUNCTION "recount_threads"("wanted" UUID) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "message" SET "reply_ordinal" = "counted"."n"
    FROM (
        SELECT "id", row_number() OVER (PARTITION BY "thread_root_id" ORDER BY "seq")::int AS "n"
        FROM "message" WHERE "conversation_id" = "wanted" AND "thread_root_id" IS NOT NULL
    ) AS "counted"
    WHERE "message"."id" = "counted"."id" AND "message"."reply_ordinal" IS DISTINCT FROM "counted"."n";
    UPDATE "thread" SET "reply_total" = "counted"."total", "reply_count" = "counted"."shown"
    FROM (
        SELECT "thread_root_id", count(*)::int AS "total",
            (count(*) FILTER (WHERE "deleted_at" IS NULL))::int AS "shown"
        FROM "message" WHERE "conversation_id" = "wanted" AND "thread_root_id" IS NOT NULL GROUP BY 1
    ) AS "counted"
    WHERE "thread"."root_id" = "counted"."thread_root_id";
    PERFORM FROM "thread_mark" WHERE "conversation_id" = "wanted"
    ORDER BY "user_id", "root_id" FOR NO KEY UPDATE;
    UPDATE "thread_mark" SET "read_ordinal" = reply_ordinal_at("root_id", "read_seq"),
        "uncounted_behind" = uncounted_replies("root_id", "user_id", "read_seq")
    WHERE "conversation_id" = "wanted";
END
$$;
