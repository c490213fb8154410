-- One row: the numbers that the next import, its first part, line and line-year get.
select
    (select coalesce(max(import_id), 0) + 1 from core.imports) as import_id,
    (select coalesce(max(source_file_id), 0) + 1 from core.source_files) as source_file_id,
    (select coalesce(max(line_id), 0) + 1 from core.budget_lines) as line_id,
    (select coalesce(max(line_year_id), 0) + 1 from core.line_years) as line_year_id
