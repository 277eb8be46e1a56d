-- Words that are suggested: those that at least 3 people use, the commonest first.
CREATE INDEX CONCURRENTLY "topic_use_common_idx" ON "topic_use"("kind", "people" DESC, "topic") WHERE "people" >= 3;
