-- Indicators that are stored in another unit.
-- One row per such indicator.
-- @batch_indicators  one row per indicator: municipality_code, indicator_code, unit
select
    stored.label,
    stored.unit as stored_unit,
    incoming.unit as incoming_unit
from batch_indicators as incoming
inner join core.indicators as stored using (municipality_code, indicator_code)
where stored.unit <> incoming.unit
order by stored.label
