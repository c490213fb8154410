-- Add the fiscal years of a file that are new.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction,
--                    currency_code
insert into core.fiscal_years
select distinct
    municipality_code,
    fiscal_year,
    currency_code
from batch_parts
on conflict do nothing
