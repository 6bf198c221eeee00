-- bucket_billing: the columns of rollup that sum up billable time.
-- needs: rollup

billed_count,
billed_ms,
billed_lo_count,
billed_lo_ms,
billed_hi_count,
billed_hi_ms,
billed_begin,
billed_end
