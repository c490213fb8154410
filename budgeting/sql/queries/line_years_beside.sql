-- Line-years that share a cell of the cube with one of these: a year and all classifications.
-- One row per line-year, these among them.
-- @batch_line_years  one row per line-year: line_year_id
with cell as (
    select distinct
        municipality_code,
        fiscal_year,
        direction,
        organisation_id,
        programme_id,
        function_id,
        economic_class_id,
        fund_id
    from core.line_years
    where line_year_id in (select line_year_id from batch_line_years)
)

select line_year_id
from core.line_years
semi join cell
    using (
        municipality_code, fiscal_year, direction,
        organisation_id, programme_id, function_id, economic_class_id, fund_id
    )
