-- Add residents by sex and age.
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
