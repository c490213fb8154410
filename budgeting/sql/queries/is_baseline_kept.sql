-- One row: whether the lines with a fingerprint are kept.
-- $baseline  fingerprint
select exists(select 1 from core.baseline_lines where baseline = $baseline) as is_kept
