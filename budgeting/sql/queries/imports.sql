-- One row per import, newest first, with what became of it.
select
    import.import_id,
    import.file_name,
    import.sha256,
    import.mapping_name,
    import.as_of,
    import.read_count,
    import.accepted_count,
    import.skipped_count,
    import.rejected_count,
    import.imported_by,
    import.imported_at,
    import.undone_by,
    import.undone_at,
    import.undo_reason,
    list_sort(list(distinct part.municipality_code)) as municipality_codes,
    list_sort(list(distinct part.fiscal_year)) as fiscal_years
from core.imports as import
inner join core.source_files as part using (import_id)
group by all
order by import.import_id desc
