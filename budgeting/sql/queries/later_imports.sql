-- One row per import that builds on an import: later, not undone, and stating a statement that it states.
-- $import_id  import
select
    import.import_id,
    import.file_name,
    import.imported_by,
    import.imported_at
from core.imports as import
where import.import_id > $import_id
    and import.undone_at is null
    and import.import_id in (
        select part.import_id
        from core.stated_vintages as stated
        inner join core.source_files as part using (source_file_id)
        where stated.vintage_id in (
            select own.vintage_id
            from core.stated_vintages as own
            inner join core.source_files as own_part using (source_file_id)
            where own_part.import_id = $import_id
        )
    )
order by import.import_id
