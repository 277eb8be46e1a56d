-- AlterEnum
ALTER TYPE "member_role" ADD VALUE 'ADMIN' BEFORE 'MEMBER';
ALTER TYPE "member_role" ADD VALUE 'GUEST';

-- CreateEnum
CREATE TYPE "group_policy" AS ENUM ('EVERYONE', 'ADMINS');

-- CreateEnum
CREATE TYPE "group_history" AS ENUM ('WHOLE', 'FROM_JOINING');

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN "description" TEXT,
ADD COLUMN "posting" "group_policy" NOT NULL DEFAULT 'EVERYONE',
ADD COLUMN "adding" "group_policy" NOT NULL DEFAULT 'ADMINS',
ADD COLUMN "pinning" "group_policy" NOT NULL DEFAULT 'EVERYONE',
ADD COLUMN "history" "group_history" NOT NULL DEFAULT 'WHOLE',
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "member" ADD COLUMN "visible_from_seq" INTEGER NOT NULL DEFAULT 0;


-- What Prisma's schema language cannot say.

-- The previous release adds members without `visible_from_seq`. They see what the group shows.
CREATE FUNCTION "set_visible_from"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM "conversation" WHERE "id" = NEW."conversation_id" AND "history" = 'FROM_JOINING'
    ) THEN
        NEW."visible_from_seq" := NEW."joined_seq";
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER "member_visible_from" BEFORE INSERT ON "member"
FOR EACH ROW EXECUTE FUNCTION "set_visible_from"();

-- Whether the settings of a group let a member write. Whether they are one, and a block between two
-- people, is up to standing_of. As text, because a new value of a type is unknown until the commit.
CREATE FUNCTION "may_write"("person" UUID, "conversation" UUID) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN EXISTS (
    SELECT FROM "member"
    JOIN "conversation" AS "group" ON "group"."id" = "member"."conversation_id"
    WHERE "member"."conversation_id" = "may_write"."conversation"
        AND "member"."user_id" = "may_write"."person"
        AND ("group"."posting"::text = 'EVERYONE' OR "member"."role"::text IN ('OWNER', 'ADMIN'))
);
