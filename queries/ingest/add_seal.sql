-- add_seal: a sealed month.
--
-- in   :seal_seq  INTEGER
-- in   :month  TEXT
-- in   :zone  TEXT
-- in   :as_of_ms  INTEGER
-- in   :known_seq  INTEGER
-- in   :checkpoint  TEXT
-- in   :signatures  TEXT
-- in   :sealed_at_ms  INTEGER
INSERT INTO seal (
  seal_seq, month, zone, as_of_ms, known_seq, checkpoint, signatures, sealed_at_ms
)
VALUES (
  :seal_seq, :month, :zone, :as_of_ms, :known_seq, :checkpoint, :signatures, :sealed_at_ms
);
