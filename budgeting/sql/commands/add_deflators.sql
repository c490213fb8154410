-- Add price indices; the newer entry for a year replaces the older.
-- @batch_rows  one row per municipality and year, columns as in core.deflators
insert or replace into core.deflators
select
    municipality_code,
    fiscal_year,
    price_index::decimal(12, 4),
    source
from batch_rows
