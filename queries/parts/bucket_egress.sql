-- bucket_egress: the columns of rollup that sum up egress.
-- needs: rollup

egress_bytes,
egress_bytes_lo,
egress_bytes_hi,
sent_begin,
sent_end,
open_begin,
open_end,
unmetered_begin,
unmetered_end
