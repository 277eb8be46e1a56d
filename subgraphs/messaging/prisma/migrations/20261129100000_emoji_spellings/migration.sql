-- What Prisma's schema language cannot say.

-- Equal for all spellings of an emoji: with and without variation selectors (U+FE0E, U+FE0F).
CREATE FUNCTION "emoji_key"("emoji" TEXT) RETURNS TEXT
LANGUAGE SQL IMMUTABLE PARALLEL SAFE
RETURN translate("emoji", U&'\FE0E\FE0F', '');

-- Writers of a conversation lock its stream first, so from here on there are none; reads go on.
LOCK TABLE "stream" IN EXCLUSIVE MODE;

-- Messages whose counts change: an emoji in several spellings was counted as several.
CREATE TEMPORARY TABLE "miscounted" ON COMMIT DROP AS
SELECT DISTINCT "message_id" FROM "reaction"
GROUP BY "message_id", emoji_key("emoji") HAVING count(DISTINCT "emoji") > 1;

-- One emoji of one person stays once: the first one given.
DELETE FROM "reaction" AS later USING "reaction" AS first
WHERE later."message_id" = first."message_id" AND later."user_id" = first."user_id"
    AND emoji_key(later."emoji") = emoji_key(first."emoji")
    AND (later."created_at", later."emoji") > (first."created_at", first."emoji");

CREATE UNIQUE INDEX "reaction_spelling_key" ON "reaction"("message_id", "user_id", emoji_key("emoji"));

-- The logs tell who watches, as of every change of reactions.
WITH "told" AS (
    SELECT 'conversation:' || m."conversation_id" AS "stream_id", m."id",
        row_number() OVER (PARTITION BY m."conversation_id" ORDER BY m."seq") AS "nth"
    FROM "miscounted" JOIN "message" AS m ON m."id" = "message_id"
), "entry" AS (
    INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at")
    SELECT s."id", s."last_seq" + t."nth", 'reactionChanged',
        jsonb_build_object('messageId', t."id"), now()
    FROM "told" AS t JOIN "stream" AS s ON s."id" = t."stream_id"
)
UPDATE "stream" AS s SET "last_seq" = s."last_seq" + grown."by"
FROM (SELECT "stream_id", count(*)::int AS "by" FROM "told" GROUP BY "stream_id") AS grown
WHERE s."id" = grown."stream_id";
