-- Add the indicators that are new.
-- @batch_indicators  one row per indicator: municipality_code, indicator_code, label, unit, unit_label,
--                    programme_code, organisation_code, place
insert into core.indicators
select
    (select coalesce(max(indicator_id), 0) from core.indicators)
    + row_number() over (order by municipality_code, indicator_code),
    municipality_code,
    indicator_code,
    label,
    unit,
    unit_label,
    programme_code,
    organisation_code,
    place
from batch_indicators
where (municipality_code, indicator_code) not in (
    select
        municipality_code,
        indicator_code
    from core.indicators
)
