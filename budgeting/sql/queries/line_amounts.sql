-- The amounts of a budget line, and of the lines that it was before it was renamed or moved, as people
-- confirmed, with the file, sheet and rows that they came from.
-- One row per amount.
-- $line_id  budget line
with recursive past as (
    select
        line_id,
        null::integer as until
    from core.budget_lines
    where line_id = $line_id
    union all
    select
        link.line_id,
        link.fiscal_year + (link.change = 'recoded')::integer
    from past as later
    inner join mart.line_successors as link
        on link.successor_line_id = later.line_id
            and link.change in ('renamed', 'moved', 'recoded')
            and (later.until is null or link.fiscal_year < later.until)
),

line as (
    select
        line_id,
        max(until) as until
    from past
    where until is null or line_id <> $line_id
    group by line_id
)

select
    line.until is null as is_own,
    budget_line.line_code,
    vintage.fiscal_year,
    vintage.stage,
    vintage.as_of,
    vintage.decision_number,
    amount.amount,
    line_year.label,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    file.source_file_id,
    file.import_id,
    file.sheet_name,
    import.file_name,
    import.sha256,
    import.mapping_name,
    import.imported_by,
    import.imported_at,
    list_sort(list(source.row_number)) as row_numbers
from line
inner join core.budget_lines as budget_line using (line_id)
inner join core.line_years as line_year
    on line_year.line_id = line.line_id
        and (line.until is null or line_year.fiscal_year < line.until)
inner join core.budget_amounts as amount using (line_year_id)
inner join core.vintages as vintage using (vintage_id)
inner join core.source_files as file using (source_file_id)
inner join core.imports as import using (import_id)
left join core.line_year_sources as source
    on source.line_year_id = line_year.line_year_id and source.source_file_id = file.source_file_id
group by all
order by vintage.fiscal_year desc, is_own desc, budget_line.line_code, vintage.stage, vintage.as_of
