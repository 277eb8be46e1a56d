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

DROP FUNCTION "append_messages"(UUID[], UUID[], UUID[], TEXT[], TEXT[], TEXT[], TEXT[], TEXT[], BOOLEAN);

-- Judges messages and stores the accepted ones with their entries; one row for each, in their order.
-- With "only_free" it locks the streams itself, without waiting: messages of a stream that another
-- transaction holds are 'held' and untouched. Otherwise the caller has locked them, in a statement
-- before. Each statement in here has a snapshot of its own, so what is judged was read after the
-- lock: this is so only in READ COMMITTED, and in a VOLATILE function.
-- A plan for the lengths of each call's arrays would cost more than to run it, so a connection plans
-- once. That plan may be from when the tables were small: `lateral … limit 1` and no sequential scans
-- keep it on the indexes.
-- The settings of a group decide who may write (may_write), and nobody replies to a message from
-- before they see the log.
-- A message has the time of its conversation's activity, which never goes back. An erased person is
-- no member any more, and so nobody receives what is sent to them alone. One's own message moves one's
-- read mark to itself: behind it nothing is deleted yet.
-- "extras" has what few messages have: "threadRootId", "isForwarded". A reply of a thread counts for its
-- thread, not for the main timeline; who writes in a thread follows it and has read it up to there.
CREATE FUNCTION "append_messages"(
    "ids" UUID[], "conversation_ids" UUID[], "sender_ids" UUID[], "client_message_ids" TEXT[],
    "request_hashes" TEXT[], "bodies" TEXT[], "replies" TEXT[], "traces" TEXT[], "only_free" BOOLEAN,
    "extras" JSONB[] DEFAULT '{}'
) RETURNS TABLE ("verdict" TEXT, "message_id" UUID, "seq" INTEGER, "created_at" TIMESTAMPTZ)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    "wanted" TEXT[];
    "held" UUID[] := '{}';
BEGIN
    IF "only_free" THEN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'append_messages needs READ COMMITTED, not %',
                upper(current_setting('transaction_isolation'));
        END IF;
        "wanted" := ARRAY(SELECT DISTINCT 'conversation:' || "id" FROM unnest("conversation_ids") AS "t"("id"));
        WITH "free" AS (
            SELECT "id" FROM "stream" WHERE "id" = ANY("wanted") ORDER BY "id" COLLATE "C"
            FOR NO KEY UPDATE SKIP LOCKED
        )
        SELECT coalesce(array_agg(substr("id", 14)::uuid), '{}') INTO "held"
        FROM "stream" WHERE "id" = ANY("wanted") AND "id" NOT IN (SELECT "id" FROM "free");
    END IF;

    RETURN QUERY
    WITH "input" AS (
        SELECT "ord", "id", "conversation_id", "sender_id", "client_message_id", "request_hash", "body",
            nullif("reply_to", '')::uuid AS "reply_to_id", "trace",
            ("extra"->>'threadRootId')::uuid AS "thread_root_id",
            coalesce(("extra"->>'isForwarded')::boolean, false) AS "is_forwarded"
        FROM unnest("ids", "conversation_ids", "sender_ids", "client_message_ids", "request_hashes",
            "bodies", "replies", "traces", "extras")
            WITH ORDINALITY AS "t"("id", "conversation_id", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to", "trace", "extra", "ord")
    ), "judged" AS (
        SELECT "input".*, "earlier"."id" AS "earlier_id",
            CASE
                WHEN "input"."conversation_id" = ANY("held") THEN 'held'
                WHEN standing_of("input"."sender_id", "input"."conversation_id") IS DISTINCT FROM 'MEMBER'
                    THEN 'notFound'
                WHEN "earlier"."request_hash" = "input"."request_hash" THEN 'replayed'
                WHEN "earlier"."id" IS NOT NULL THEN 'conflict'
                WHEN "nobody"."is_there" THEN 'recipientGone'
                WHEN NOT may_write("input"."sender_id", "input"."conversation_id") THEN 'notAllowed'
                WHEN "input"."reply_to_id" IS NOT NULL AND "replied"."id" IS NULL THEN 'replyNotFound'
                WHEN "input"."thread_root_id" IS NOT NULL AND "root"."id" IS NULL THEN 'threadNotFound'
                WHEN "root"."thread_root_id" IS NOT NULL THEN 'threadNested'
                WHEN "root"."deleted_at" IS NOT NULL THEN 'threadDeleted'
                ELSE 'stored'
            END AS "verdict"
        FROM "input"
        LEFT JOIN LATERAL (
            SELECT "id", "request_hash" FROM "message"
            WHERE ("conversation_id", "sender_id", "client_message_id")
                = ("input"."conversation_id", "input"."sender_id", "input"."client_message_id") LIMIT 1
        ) AS "earlier" ON true
        LEFT JOIN LATERAL (
            SELECT true AS "is_there" FROM "conversation"
            WHERE "id" = "input"."conversation_id" AND "kind" = 'DIRECT' AND NOT EXISTS (
                SELECT FROM "member" WHERE "member"."conversation_id" = "conversation"."id"
                    AND "member"."user_id" <> "input"."sender_id"
            ) LIMIT 1
        ) AS "nobody" ON true
        LEFT JOIN LATERAL (
            SELECT "message"."id" FROM "message"
            JOIN "member" ON "member"."conversation_id" = "message"."conversation_id"
                AND "member"."user_id" = "input"."sender_id"
            WHERE "message"."id" = "input"."reply_to_id"
                AND "message"."conversation_id" = "input"."conversation_id"
                AND "message"."seq" >= "member"."visible_from_seq" LIMIT 1
        ) AS "replied" ON true
        LEFT JOIN LATERAL (
            SELECT "message"."id", "message"."thread_root_id", "message"."deleted_at" FROM "message"
            JOIN "member" ON "member"."conversation_id" = "message"."conversation_id"
                AND "member"."user_id" = "input"."sender_id"
            WHERE "message"."id" = "input"."thread_root_id"
                AND "message"."conversation_id" = "input"."conversation_id"
                AND "message"."seq" >= "member"."visible_from_seq" LIMIT 1
        ) AS "root" ON true
    ), "welcome" AS (
        SELECT *, first_value("id") OVER "same" AS "first_id",
            first_value("request_hash") OVER "same" AS "first_hash"
        FROM "judged" WHERE "verdict" = 'stored'
        WINDOW "same" AS (PARTITION BY "conversation_id", "sender_id", "client_message_id" ORDER BY "ord")
    ), "fresh" AS (
        SELECT *, row_number() OVER "talk"::int AS "n",
            (count(*) FILTER (WHERE "thread_root_id" IS NULL) OVER "talk")::int AS "main_n"
        FROM "welcome" WHERE "id" = "first_id"
        WINDOW "talk" AS (PARTITION BY "conversation_id" ORDER BY "ord")
    ), "bumped" AS (
        UPDATE "stream" SET "last_seq" = "stream"."last_seq" + "counted"."n"
        FROM (SELECT "conversation_id", count(*)::int AS "n", max("main_n") AS "main_n"
            FROM "fresh" GROUP BY 1) AS "counted"
        WHERE "stream"."id" = 'conversation:' || "counted"."conversation_id"
        RETURNING "counted"."conversation_id", "counted"."main_n", "stream"."last_seq" - "counted"."n" AS "base"
    ), "touched" AS (
        UPDATE "conversation" SET "activity_at" = greatest("activity_at", clock_timestamp()),
            "message_count" = "message_count" + "bumped"."main_n"
        FROM "bumped" WHERE "conversation"."id" = "bumped"."conversation_id"
        RETURNING "conversation"."id" AS "conversation_id", "bumped"."base", "activity_at",
            "message_count" - "bumped"."main_n" AS "counted"
    ), "stored" AS (
        INSERT INTO "message" ("id", "conversation_id", "seq", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to_id", "created_at", "ordinal",
            "thread_root_id", "is_forwarded")
        SELECT "fresh"."id", "conversation_id", "touched"."base" + "fresh"."n", "sender_id",
            "client_message_id", "request_hash", "body", "reply_to_id", "touched"."activity_at",
            CASE WHEN "thread_root_id" IS NULL THEN "touched"."counted" + "main_n" END,
            "thread_root_id", "is_forwarded"
        FROM "fresh" JOIN "touched" USING ("conversation_id")
        RETURNING "id", "conversation_id", "seq", "sender_id", "created_at", "ordinal", "thread_root_id"
    ), "own" AS (
        SELECT "conversation_id", "sender_id", max("seq") AS "seq", max("ordinal") AS "ordinal"
        FROM "stored" WHERE "ordinal" IS NOT NULL GROUP BY 1, 2
    ), "read" AS (
        UPDATE "member" SET "read_seq" = "own"."seq", "read_ordinal" = "own"."ordinal",
            "uncounted_behind" = 0
        FROM "own" WHERE "member"."conversation_id" = "own"."conversation_id"
            AND "member"."user_id" = "own"."sender_id"
    ), "threaded" AS (
        INSERT INTO "thread" ("root_id", "reply_count", "last_reply_seq", "last_reply_at")
        SELECT "thread_root_id", count(*)::int, max("seq"), max("created_at")
        FROM "stored" WHERE "thread_root_id" IS NOT NULL GROUP BY 1
        ON CONFLICT ("root_id") DO UPDATE SET
            "reply_count" = "thread"."reply_count" + excluded."reply_count",
            "last_reply_seq" = excluded."last_reply_seq", "last_reply_at" = excluded."last_reply_at"
    ), "followed" AS (
        INSERT INTO "thread_mark" ("conversation_id", "user_id", "root_id", "read_seq", "is_following")
        SELECT "conversation_id", "sender_id", "thread_root_id", max("seq"), true
        FROM "stored" WHERE "thread_root_id" IS NOT NULL GROUP BY 1, 2, 3
        ON CONFLICT ("conversation_id", "user_id", "root_id") DO UPDATE SET
            "read_seq" = excluded."read_seq", "is_following" = true
    ), "logged" AS (
        INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at", "trace")
        SELECT 'conversation:' || "stored"."conversation_id", "stored"."seq", 'messageSent',
            jsonb_build_object('messageId', "id", 'actorId', "stored"."sender_id"),
            "stored"."created_at", "fresh"."trace"
        FROM "stored" JOIN "fresh" USING ("id")
    )
    SELECT
        CASE WHEN "welcome"."id" = "first_id" OR "welcome"."id" IS NULL THEN "judged"."verdict"
            WHEN "welcome"."request_hash" = "first_hash" THEN 'replayed' ELSE 'conflict' END,
        coalesce("first_id", "judged"."earlier_id", "judged"."id"),
        "stored"."seq", "stored"."created_at"
    FROM "judged"
    LEFT JOIN "welcome" ON "welcome"."ord" = "judged"."ord"
    LEFT JOIN "stored" ON "stored"."id" = "judged"."id"
    ORDER BY "judged"."ord";
END
$$;
