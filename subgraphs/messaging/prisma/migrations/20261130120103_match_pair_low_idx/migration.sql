-- CreateIndex
CREATE INDEX CONCURRENTLY "match_pair_low_idx" ON "match"("pair_low");
