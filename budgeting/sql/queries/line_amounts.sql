-- One row per amount of a budget line, with the file, sheet and rows that it came from.
-- $line_id  budget line
select
    vintage.fiscal_year,
    vintage.stage,
    vintage.as_of,
    vintage.decision_number,
    amount.amount,
    line.label,
    line.organisation_id,
    line.programme_id,
    line.function_id,
    line.economic_class_id,
    line.fund_id,
    file.source_file_id,
    file.import_id,
    file.sheet_name,
    import.file_name,
    import.sha256,
    import.mapping_name,
    import.imported_by,
    import.imported_at,
    list_sort(list(source.row_number)) as row_numbers
from core.line_years as line
inner join core.budget_amounts as amount using (line_year_id)
inner join core.vintages as vintage using (vintage_id)
inner join core.source_files as file using (source_file_id)
inner join core.imports as import using (import_id)
left join core.line_year_sources as source
    on source.line_year_id = line.line_year_id and source.source_file_id = file.source_file_id
where line.line_id = $line_id
group by all
order by vintage.fiscal_year desc, vintage.stage, vintage.as_of
