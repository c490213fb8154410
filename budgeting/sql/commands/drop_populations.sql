-- Remove the counts that a batch replaces: those of the same municipalities and dates.
-- @batch_rows  one row per municipality, date, sex and age band, columns as in core.populations
delete from core.populations
where (municipality_code, reference_date) in (
    select
        municipality_code,
        reference_date
    from batch_rows
)
