-- One row: the number that the next source file gets.
select coalesce(max(source_file_id), 0) + 1 as source_file_id
from core.source_files
