-- At most one row: an import and whether it still counts.
-- $import_id  import
select
    import.import_id,
    import.file_name,
    import.undone_by,
    import.undone_at,
    list_sort(list(distinct part.municipality_code)) as municipality_codes
from core.imports as import
inner join core.source_files as part using (import_id)
where import.import_id = $import_id
group by all
