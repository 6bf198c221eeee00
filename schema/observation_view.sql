-- One row is one observation of one process's counter, as it came.
--
-- Observations are clustered by process. Those of a span of time are found by the processes that
-- were there at its snapshots, from process_meter. `extent` has a row for each extent, and by how
-- much less than its second column a process of that extent began before it was last seen. Both
-- conditions on the extent say the same. The plus keeps SQLite from going to the processes of an
-- extent by the first one, and the 0 makes it know the snapshot before it does so by the second.
CREATE VIEW observation_view AS
SELECT
  process.process_id AS process_id,
  snapshot.observed_at_ms AS observed_at_ms,
  observation.egressed_bytes AS egressed_bytes,
  observation.snapshot_seq AS snapshot_seq
FROM observation
JOIN process ON process.process_key = observation.process_key
JOIN snapshot ON snapshot.snapshot_seq = observation.snapshot_seq
JOIN process_meter AS meter
  ON meter.process_key = observation.process_key
  AND meter.from_ms <= snapshot.observed_at_ms
JOIN (
  VALUES
    (0, 65536), (1, 131072), (2, 262144), (3, 524288), (4, 1048576), (5, 2097152), (6, 4194304),
    (7, 8388608), (8, 16777216), (9, 33554432), (10, 67108864), (11, 134217728), (12,
    268435456), (13, 536870912), (14, 1073741824), (15, 2147483648), (16, 4294967296), (17,
    8589934592), (18, 17179869184), (19, 34359738368), (20, 68719476736), (21, 137438953472),
    (22, 274877906944), (23, 549755813888), (24, 1099511627776), (25, 2199023255552), (26,
    4398046511104), (27, 8796093022208), (28, 17592186044416), (29, 35184372088832), (30,
    70368744177664), (31, 140737488355328), (32, 281474976710656), (33, 562949953421312), (34,
    1125899906842624), (35, 2251799813685248), (36, 4503599627370496), (37, 9007199254740992),
    (38, 18014398509481984), (39, 36028797018963968), (40, 72057594037927936)
) AS extent
  ON extent.column1 = +meter.extent
  AND meter.extent = extent.column1 + snapshot.observed_at_ms * 0
  AND meter.from_ms > snapshot.observed_at_ms - extent.column2;
