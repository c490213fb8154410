-- Add residents by sex and age; an earlier count for the same date is replaced.
-- @batch_rows  one row per municipality, date, sex and age band, columns as in core.populations
insert into core.populations
select
    municipality_code,
    reference_date::date,
    sex,
    age_from,
    age_to,
    people,
    source
from batch_rows
