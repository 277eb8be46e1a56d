-- AlterTable
ALTER TABLE "session" ADD COLUMN     "family_hash" BYTEA;


-- What Prisma's schema language cannot say.

ALTER TABLE "session" ADD CONSTRAINT "session_family_hash_check" CHECK (octet_length("family_hash") = 32);
