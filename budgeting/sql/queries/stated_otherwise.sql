-- Lines of a file for which a person decided otherwise than the file says.
-- One row per line, year and stage.
-- $methodology       methodology whose categories the file uses
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_categories  one row per source row and statement with an amount: statement_id, stage,
--                    source_file_id, line_code, category (empty where the file has none), amount
select
    line_code,
    fiscal_year,
    stage,
    string_agg(category, ' + ' order by share_before) as stated,
    list_aggregate(list_transform(any_value(standing), lambda part: part[1]), 'string_agg', ' + ')
        as standing,
    any_value(state) as state,
    any_value(decided_by) as decided_by
from mart.stated_marks('batch_parts', 'batch_statements', 'batch_categories', $methodology)
where is_otherwise
group by municipality_code, direction, line_code, fiscal_year, stage
order by municipality_code, fiscal_year, stage, line_code
