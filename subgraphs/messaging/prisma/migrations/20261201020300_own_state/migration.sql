-- What one person alone has in a conversation: settings, a draft, messages that they deleted for
-- themselves, a cleared history. All of it goes with their membership.
ALTER TABLE "member"
    ADD COLUMN "is_muted" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "muted_until" TIMESTAMPTZ(3),
    ADD COLUMN "archived_count" INTEGER,
    ADD COLUMN "hidden_count" INTEGER,
    ADD COLUMN "is_favourite" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "is_marked_unread" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "cleared_seq" INTEGER NOT NULL DEFAULT 0;

-- The person whose note to self it is. The previous release shows it as a group without a title.
ALTER TABLE "conversation" ADD COLUMN "note_of" UUID;

-- CreateTable
CREATE TABLE "hidden_message" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "hidden_message_pkey" PRIMARY KEY ("conversation_id","user_id","seq")
);

-- CreateTable
CREATE TABLE "draft" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "reply_to_id" UUID,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- AddForeignKey
ALTER TABLE "hidden_message" ADD CONSTRAINT "hidden_message_conversation_id_user_id_fkey" FOREIGN KEY ("conversation_id", "user_id") REFERENCES "member"("conversation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_conversation_id_user_id_fkey" FOREIGN KEY ("conversation_id", "user_id") REFERENCES "member"("conversation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- Messages behind a seq that do not count for a person: deleted, by anybody or for themselves.
CREATE OR REPLACE FUNCTION "uncounted_behind"("conversation" UUID, "person" UUID, "seq" INTEGER)
RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN (
    SELECT count(*)::int FROM "message"
    WHERE "message"."conversation_id" = "uncounted_behind"."conversation"
        AND "message"."seq" > "uncounted_behind"."seq" AND "message"."ordinal" IS NOT NULL
        AND "message"."deleted_at" IS NOT NULL
) + (
    SELECT count(*)::int FROM "hidden_message"
    JOIN "message" USING ("conversation_id", "seq")
    WHERE "hidden_message"."conversation_id" = "uncounted_behind"."conversation"
        AND "hidden_message"."user_id" = "uncounted_behind"."person"
        AND "hidden_message"."seq" > "uncounted_behind"."seq" AND "message"."ordinal" IS NOT NULL
        AND "message"."deleted_at" IS NULL
);

-- The writer holds the lock of the conversation's stream, so nothing is deleted meanwhile.
CREATE FUNCTION "uncount_hidden"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "member" SET "uncounted_behind" = uncounted_behind("conversation_id", "user_id", "read_seq")
    WHERE "conversation_id" = NEW."conversation_id" AND "user_id" = NEW."user_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "hidden_message_counts" AFTER INSERT ON "hidden_message"
FOR EACH ROW EXECUTE FUNCTION "uncount_hidden"();

-- A message that a member deleted for themselves was taken off their count before.
CREATE OR REPLACE FUNCTION "uncount_deleted"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "deleted_ids" UUID[];
    "conversation_ids" UUID[];
    "last_seq" INTEGER;
BEGIN
    SELECT array_agg("after"."id"), array_agg(DISTINCT "after"."conversation_id"), max("after"."seq")
    INTO "deleted_ids", "conversation_ids", "last_seq"
    FROM "after" JOIN "before" USING ("id")
    WHERE "after"."deleted_at" IS NOT NULL AND "before"."deleted_at" IS NULL
        AND "after"."ordinal" IS NOT NULL;
    IF "deleted_ids" IS NULL THEN RETURN NULL; END IF;
    PERFORM FROM "member"
    WHERE "conversation_id" = ANY("conversation_ids") AND "read_seq" < "last_seq"
    ORDER BY "conversation_id", "user_id" FOR NO KEY UPDATE;
    UPDATE "member" SET "uncounted_behind" = "uncounted_behind" + (
        SELECT count(*) FROM "message"
        WHERE "message"."id" = ANY("deleted_ids") AND "message"."seq" > "member"."read_seq"
            AND "message"."conversation_id" = "member"."conversation_id"
            AND NOT EXISTS (
                SELECT FROM "hidden_message"
                WHERE "hidden_message"."conversation_id" = "member"."conversation_id"
                    AND "hidden_message"."user_id" = "member"."user_id"
                    AND "hidden_message"."seq" = "message"."seq"
            )
    )
    WHERE "conversation_id" = ANY("conversation_ids") AND "read_seq" < "last_seq";
    RETURN NULL;
END
$$;

-- Reading takes the mark "unread" away, and so does one's own message.
CREATE FUNCTION "unmark_read"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
    NEW."is_marked_unread" := false;
    RETURN NEW;
END
$$;
CREATE TRIGGER "member_unmarks" BEFORE UPDATE OF "read_seq" ON "member"
FOR EACH ROW WHEN (OLD."is_marked_unread" AND NEW."read_seq" > OLD."read_seq")
EXECUTE FUNCTION "unmark_read"();
