-- One row: the numbers that the next import and its first part get.
select
    (select coalesce(max(import_id), 0) + 1 from core.imports) as import_id,
    (select coalesce(max(source_file_id), 0) + 1 from core.source_files) as source_file_id
