-- One row per table, with its schema.
select table_schema || '.' || table_name as table_name
from information_schema.tables
where table_schema in ('staging', 'core', 'mart') and table_type = 'BASE TABLE'
