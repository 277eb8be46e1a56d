-- Mentions: parts of a message's text that name a person, and how many unread messages mention a member.
-- The count is stored: a send adds to that of those whom it mentions, and everything that is rarer counts
-- them anew. Every writer of messages holds the lock of the stream, and a mark that moves holds the row of
-- its member, so each of them sees what the other has done, or is seen by it.

-- AlterTable
ALTER TABLE "message" ADD COLUMN "is_mentioning_all" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "member" ADD COLUMN "unread_mentions" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "mention" (
    "message_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("message_id", "start")
);

-- CreateIndex
CREATE INDEX "mention_user_id_conversation_id_seq_idx" ON "mention"("user_id", "conversation_id", "seq");

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

ALTER TABLE "mention" ADD CONSTRAINT "mention_place_check" CHECK ("start" >= 0 AND "length" >= 1);

-- How many messages of others behind a seq mention a person. Replies in threads are read in their
-- thread, so they do not count.
CREATE FUNCTION "mentions_behind"("conversation" UUID, "person" UUID, "after_seq" INTEGER) RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN (
    SELECT count(*)::int FROM (
        SELECT "message_id" AS "id" FROM "mention"
        WHERE "user_id" = "person" AND "conversation_id" = "conversation" AND "seq" > "after_seq"
        UNION
        SELECT "message"."id" FROM "message"
        WHERE "message"."is_mentioning_all" AND "message"."conversation_id" = "conversation"
            AND "message"."seq" > "after_seq"
    ) AS "mentioning"
    JOIN "message" USING ("id")
    WHERE "message"."sender_id" <> "person" AND "message"."deleted_at" IS NULL
        AND "message"."thread_root_id" IS NULL
);

-- Counts anew the mentions of some members of a conversation, or of all if "people" is null. The caller
-- holds the lock of the stream. The rows are locked first, so that no mark moves meanwhile.
CREATE FUNCTION "recount_mentions"("conversation" UUID, "people" UUID[]) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM "member"
    WHERE "conversation_id" = "conversation" AND ("people" IS NULL OR "user_id" = ANY("people"))
    ORDER BY "user_id" FOR NO KEY UPDATE;
    UPDATE "member" SET "unread_mentions" = mentions_behind("conversation", "user_id", "read_seq")
    WHERE "conversation_id" = "conversation" AND ("people" IS NULL OR "user_id" = ANY("people"));
END
$$;

-- Counts the mentions of messages that this transaction has stored, for those whom they mention.
CREATE FUNCTION "count_mentions"("message_ids" UUID[]) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "keys" TEXT[];
BEGIN
    SELECT array_agg("key") INTO "keys" FROM (
        SELECT "conversation_id" || ' ' || "user_id" AS "key" FROM "mention"
        WHERE "message_id" = ANY("message_ids")
        UNION
        SELECT "member"."conversation_id" || ' ' || "member"."user_id" FROM "message"
        JOIN "member" USING ("conversation_id")
        WHERE "message"."id" = ANY("message_ids") AND "message"."is_mentioning_all"
    ) AS "mentioned";
    IF "keys" IS NULL THEN RETURN; END IF;
    PERFORM FROM "member"
    WHERE ("conversation_id", "user_id") IN (
        SELECT split_part("key", ' ', 1)::uuid, split_part("key", ' ', 2)::uuid FROM unnest("keys") AS "key"
    )
    ORDER BY "conversation_id", "user_id" FOR NO KEY UPDATE;
    -- A member whose own message is among them may have been counted when their mark moved.
    UPDATE "member" SET "unread_mentions" = CASE
        WHEN EXISTS (
            SELECT FROM "message" WHERE "message"."id" = ANY("message_ids")
                AND "message"."conversation_id" = "member"."conversation_id"
                AND "message"."sender_id" = "member"."user_id"
        ) THEN mentions_behind("conversation_id", "user_id", "read_seq")
        ELSE "unread_mentions" + (
            SELECT count(*) FROM "message" WHERE "message"."id" = ANY("message_ids")
                AND "message"."conversation_id" = "member"."conversation_id"
                AND "message"."seq" > "member"."read_seq" AND "message"."thread_root_id" IS NULL
                AND ("message"."is_mentioning_all" OR EXISTS (
                    SELECT FROM "mention" WHERE "mention"."message_id" = "message"."id"
                        AND "mention"."user_id" = "member"."user_id"
                ))
        ) END
    WHERE ("conversation_id", "user_id") IN (
        SELECT split_part("key", ' ', 1)::uuid, split_part("key", ' ', 2)::uuid FROM unnest("keys") AS "key"
    );
END
$$;

-- Replaces the mentions of a message, behind the lock of its stream.
CREATE FUNCTION "replace_mentions"("message" UUID, "mentions" JSONB, "is_for_all" BOOLEAN) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "told" RECORD;
    "people" UUID[];
BEGIN
    SELECT "conversation_id", "seq", "is_mentioning_all" INTO "told" FROM "message" AS "changed"
    WHERE "changed"."id" = "replace_mentions"."message";
    WITH "gone" AS (
        DELETE FROM "mention" WHERE "message_id" = "replace_mentions"."message" RETURNING "user_id"
    )
    SELECT coalesce(array_agg("user_id"), '{}') INTO "people" FROM "gone";
    INSERT INTO "mention" ("message_id", "start", "length", "user_id", "conversation_id", "seq")
    SELECT "replace_mentions"."message", "start", "length", "userId", "told"."conversation_id", "told"."seq"
    FROM jsonb_to_recordset("mentions") AS "given"("userId" UUID, "start" INTEGER, "length" INTEGER);
    SELECT "people" || coalesce(array_agg("user_id"), '{}') INTO "people" FROM "mention"
    WHERE "message_id" = "replace_mentions"."message";
    IF "told"."is_mentioning_all" <> "is_for_all" THEN
        UPDATE "message" AS "changed" SET "is_mentioning_all" = "is_for_all"
        WHERE "changed"."id" = "replace_mentions"."message";
        "people" := NULL;
    END IF;
    PERFORM recount_mentions("told"."conversation_id", "people");
END
$$;

-- A mark that moves, behind the lock of its row; a snapshot of its own sees all messages up to it.
CREATE FUNCTION "count_mentions_at_mark"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    NEW."unread_mentions" := mentions_behind(NEW."conversation_id", NEW."user_id", NEW."read_seq");
    RETURN NEW;
END
$$;
CREATE TRIGGER "member_reads_mentions" BEFORE UPDATE OF "read_seq" ON "member"
FOR EACH ROW WHEN (NEW."read_seq" <> OLD."read_seq" AND OLD."unread_mentions" > 0)
EXECUTE FUNCTION "count_mentions_at_mark"();

-- A message that is deleted mentions nobody, whichever release deletes it.
CREATE FUNCTION "delete_mentions"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "people" UUID[];
BEGIN
    WITH "gone" AS (DELETE FROM "mention" WHERE "message_id" = NEW."id" RETURNING "user_id")
    SELECT array_agg("user_id") INTO "people" FROM "gone";
    IF NEW."is_mentioning_all" THEN
        PERFORM recount_mentions(NEW."conversation_id", NULL);
    ELSIF "people" IS NOT NULL THEN
        PERFORM recount_mentions(NEW."conversation_id", "people");
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER "message_deletes_mentions" AFTER UPDATE OF "deleted_at" ON "message"
FOR EACH ROW WHEN (OLD."deleted_at" IS NULL AND NEW."deleted_at" IS NOT NULL)
EXECUTE FUNCTION "delete_mentions"();

-- Whether a person may mention all members: owners and admins of a group.
CREATE FUNCTION "may_mention_all"("person" UUID, "conversation" UUID) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN EXISTS (
    SELECT FROM "member" JOIN "conversation" AS "group" ON "group"."id" = "member"."conversation_id"
    WHERE "member"."conversation_id" = "may_mention_all"."conversation"
        AND "member"."user_id" = "may_mention_all"."person"
        AND "group"."kind" = 'GROUP' AND "member"."role"::text IN ('OWNER', 'ADMIN')
);

-- Whether all whom a text mentions are members.
CREATE FUNCTION "are_members"("mentions" JSONB, "conversation" UUID) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN NOT EXISTS (
    SELECT FROM jsonb_to_recordset("mentions") AS "given"("userId" UUID)
    WHERE NOT EXISTS (
        SELECT FROM "member" WHERE "member"."conversation_id" = "are_members"."conversation"
            AND "member"."user_id" = "given"."userId"
    )
);

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
-- read mark to itself: behind it nothing is deleted yet. A direct conversation that the other has not
-- accepted takes one message, which sends the request.
-- "extras" has what few messages have: "threadRootId", "isForwarded", "mentions", "isMentioningAll". A
-- reply of a thread counts for its thread, not for the main timeline; who writes in a thread follows it
-- and has read it up to there.
CREATE OR REPLACE FUNCTION "append_messages"(
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
            coalesce(("extra"->>'isForwarded')::boolean, false) AS "is_forwarded",
            coalesce("extra"->'mentions', '[]') AS "mentions",
            coalesce(("extra"->>'isMentioningAll')::boolean, false) AS "is_mentioning_all"
        FROM unnest("ids", "conversation_ids", "sender_ids", "client_message_ids", "request_hashes",
            "bodies", "replies", "traces", "extras")
            WITH ORDINALITY AS "t"("id", "conversation_id", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to", "trace", "extra", "ord")
    ), "judged" AS (
        SELECT "input".*, "earlier"."id" AS "earlier_id", coalesce("alone"."is_asking", false) AS "is_asking",
            CASE
                WHEN "input"."conversation_id" = ANY("held") THEN 'held'
                WHEN standing_of("input"."sender_id", "input"."conversation_id") IS DISTINCT FROM 'MEMBER'
                    THEN 'notFound'
                WHEN "earlier"."request_hash" = "input"."request_hash" THEN 'replayed'
                WHEN "earlier"."id" IS NOT NULL THEN 'conflict'
                WHEN "alone"."is_asking" AND "alone"."has_asked" THEN 'requestPending'
                WHEN NOT "alone"."is_asking" THEN 'recipientGone'
                WHEN NOT may_write("input"."sender_id", "input"."conversation_id") THEN 'notAllowed'
                WHEN "input"."reply_to_id" IS NOT NULL AND "replied"."id" IS NULL THEN 'replyNotFound'
                WHEN "input"."thread_root_id" IS NOT NULL AND "root"."id" IS NULL THEN 'threadNotFound'
                WHEN "root"."thread_root_id" IS NOT NULL THEN 'threadNested'
                WHEN "root"."deleted_at" IS NOT NULL THEN 'threadDeleted'
                WHEN "input"."mentions" <> '[]' AND NOT are_members("input"."mentions", "input"."conversation_id")
                    THEN 'mentionNotMember'
                WHEN "input"."is_mentioning_all"
                    AND NOT may_mention_all("input"."sender_id", "input"."conversation_id") THEN 'mayNotMentionAll'
                ELSE 'stored'
            END AS "verdict"
        FROM "input"
        LEFT JOIN LATERAL (
            SELECT "id", "request_hash" FROM "message"
            WHERE ("conversation_id", "sender_id", "client_message_id")
                = ("input"."conversation_id", "input"."sender_id", "input"."client_message_id") LIMIT 1
        ) AS "earlier" ON true
        LEFT JOIN LATERAL (
            SELECT
                EXISTS (SELECT FROM "message_request"
                    WHERE "message_request"."conversation_id" = "conversation"."id") AS "is_asking",
                EXISTS (SELECT FROM "message"
                    WHERE "message"."conversation_id" = "conversation"."id") AS "has_asked"
            FROM "conversation"
            WHERE "id" = "input"."conversation_id" AND "kind" = 'DIRECT' AND NOT EXISTS (
                SELECT FROM "member" WHERE "member"."conversation_id" = "conversation"."id"
                    AND "member"."user_id" <> "input"."sender_id"
            ) LIMIT 1
        ) AS "alone" ON true
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
    ), "tried" AS (
        SELECT *, row_number() OVER (PARTITION BY "conversation_id" ORDER BY "ord") AS "nth"
        FROM "welcome" WHERE "id" = "first_id"
    ), "fresh" AS (
        SELECT *, row_number() OVER "talk"::int AS "n",
            (count(*) FILTER (WHERE "thread_root_id" IS NULL) OVER "talk")::int AS "main_n"
        FROM "tried" WHERE "nth" = 1 OR NOT "is_asking"
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
            "thread_root_id", "is_forwarded", "is_mentioning_all")
        SELECT "fresh"."id", "conversation_id", "touched"."base" + "fresh"."n", "sender_id",
            "client_message_id", "request_hash", "body", "reply_to_id", "touched"."activity_at",
            CASE WHEN "thread_root_id" IS NULL THEN "touched"."counted" + "main_n" END,
            "thread_root_id", "is_forwarded", "is_mentioning_all"
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
    ), "mentioned" AS (
        INSERT INTO "mention" ("message_id", "start", "length", "user_id", "conversation_id", "seq")
        SELECT "stored"."id", "start", "length", "userId", "stored"."conversation_id", "stored"."seq"
        FROM "stored" JOIN "fresh" USING ("id") CROSS JOIN LATERAL jsonb_to_recordset("fresh"."mentions")
            AS "given"("userId" UUID, "start" INTEGER, "length" INTEGER)
    ), "logged" AS (
        INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at", "trace")
        SELECT 'conversation:' || "stored"."conversation_id", "stored"."seq", 'messageSent',
            jsonb_build_object('messageId', "id", 'actorId', "stored"."sender_id"),
            "stored"."created_at", "fresh"."trace"
        FROM "stored" JOIN "fresh" USING ("id")
    )
    SELECT
        CASE WHEN "welcome"."id" IS NOT NULL AND "first"."id" IS NULL THEN 'requestPending'
            WHEN "welcome"."id" = "first_id" OR "welcome"."id" IS NULL THEN "judged"."verdict"
            WHEN "welcome"."request_hash" = "first_hash" THEN 'replayed' ELSE 'conflict' END,
        coalesce("first_id", "judged"."earlier_id", "judged"."id"),
        "stored"."seq", "stored"."created_at"
    FROM "judged"
    LEFT JOIN "welcome" ON "welcome"."ord" = "judged"."ord"
    LEFT JOIN "stored" ON "stored"."id" = "judged"."id"
    LEFT JOIN "stored" AS "first" ON "first"."id" = "welcome"."first_id"
    ORDER BY "judged"."ord";

    IF EXISTS (
        SELECT FROM unnest("extras") AS "extra" WHERE "extra" ?| ARRAY['mentions', 'isMentioningAll']
    ) THEN
        PERFORM count_mentions("ids");
    END IF;

    IF EXISTS (SELECT FROM "message_request"
        WHERE "conversation_id" = ANY("conversation_ids") AND "sent_at" IS NULL) THEN
        PERFORM "send_requests"("conversation_ids");
    END IF;
END
$$;
