-- One row per part of a file whose year is kept in another currency.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction,
--                    currency_code
select
    part.source_file_id,
    part.currency_code,
    stored.currency_code as stored_currency_code
from batch_parts as part
inner join core.fiscal_years as stored using (municipality_code, fiscal_year)
where stored.currency_code <> part.currency_code
order by part.source_file_id
