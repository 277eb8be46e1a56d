-- A release that runs beside this one searches without them meanwhile: more slowly, and nothing else.
-- DropIndex
DROP INDEX "event_tags_idx";

-- DropIndex
DROP INDEX "event_text_idx";

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "fold_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "search_text" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "tag_keys" TEXT[];

-- CreateIndex
CREATE INDEX "event_fold_version_id_idx" ON "event"("fold_version", "id");

-- CreateIndex
CREATE INDEX "event_tag_keys_idx" ON "event" USING GIN ("tag_keys");

-- CreateIndex
CREATE INDEX "event_search_text_idx" ON "event" USING GIN ("search_text" gin_trgm_ops);

-- What Prisma's schema language cannot say.

-- Whoever changes a text says behind it with which version it was folded. A release that does not know of this,
-- or somebody by hand, leaves 0, and it is folded anew.
CREATE FUNCTION "forget_fold"() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
BEGIN
    NEW."fold_version" := 0;
    RETURN NEW;
END
$$;

CREATE TRIGGER "event_fold" BEFORE UPDATE OF "title", "description", "venue", "tags" ON "event"
FOR EACH ROW WHEN ((OLD."title", OLD."description", OLD."venue", OLD."tags") IS DISTINCT FROM (NEW."title", NEW."description", NEW."venue", NEW."tags"))
EXECUTE FUNCTION "forget_fold"();
