-- Indicators that a municipality does not have.
-- One row per such indicator.
-- $municipality_code  municipality
-- @batch_indicators   one row per indicator: indicator_code
select distinct wanted.indicator_code
from batch_indicators as wanted
where wanted.indicator_code not in (
    select indicator_code
    from core.indicators
    where municipality_code = $municipality_code
)
order by wanted.indicator_code
