-- CreateIndex
CREATE INDEX CONCURRENTLY "match_pair_high_idx" ON "match"("pair_high");
