-- Remove the budget lines that no year has any more. A line that a successor refers to stays: its
-- number must mean the same line when its code is stored again.
-- $import_id  import
delete from core.budget_lines
where (municipality_code, direction) in (
    select
        municipality_code,
        direction
    from core.source_files
    where import_id = $import_id
)
and line_id not in (select line_id from core.line_years)
and line_id not in (select line_id from core.line_successors)
and line_id not in (select successor_line_id from core.line_successors)
