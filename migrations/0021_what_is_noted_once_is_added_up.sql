-- 0021: seals, and the notes of which rejects something good was read later, are counted and added
-- up like the rows that never change. Of what was there before, the program makes these sums when it
-- has run this.
PRAGMA user_version = 21;
