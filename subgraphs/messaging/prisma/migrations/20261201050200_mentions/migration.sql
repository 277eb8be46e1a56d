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
-- thread, so they do not count, and neither does what the person deleted for themselves.
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
        AND "message"."thread_root_id" IS NULL AND NOT EXISTS (
            SELECT FROM "hidden_message"
            WHERE "hidden_message"."conversation_id" = "message"."conversation_id"
                AND "hidden_message"."user_id" = "person" AND "hidden_message"."seq" = "message"."seq"
        )
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

-- A message that a member deleted for themselves mentions them no more.
CREATE OR REPLACE FUNCTION "uncount_hidden"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "member"
    SET "uncounted_behind" = uncounted_behind("conversation_id", "user_id", "read_seq"),
        "unread_mentions" = mentions_behind("conversation_id", "user_id", "read_seq")
    WHERE "conversation_id" = NEW."conversation_id" AND "user_id" = NEW."user_id";
    RETURN NULL;
END
$$;
