-- Remove from the budget the amounts that a correction replaces; they are kept by then.
-- $import_id  correction
delete from core.budget_amounts
where (vintage_id, line_year_id) in (
    select
        vintage_id,
        line_year_id
    from core.replaced_amounts
    where import_id = $import_id
)
