-- CreateTable
CREATE TABLE "demo_mark" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "demo_mark_pkey" PRIMARY KEY ("id")
);


-- What Prisma's schema language cannot say.

ALTER TABLE "demo_mark" ADD CONSTRAINT "demo_mark_id_check" CHECK ("id" = 1);

-- Demo data that were written before there was a mark. Nobody can make themselves an admin, so nobody but the seed
-- made this account.
INSERT INTO "demo_mark" ("marked_at")
SELECT now() WHERE EXISTS (
    SELECT FROM "credential" JOIN "role_grant" USING ("user_id")
    WHERE "email" = 'admin@meetinity.test' AND "role" = 'ADMIN'
);
