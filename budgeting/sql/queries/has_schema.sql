-- One row: whether this database has Paritet's schema at all.
select count(*) > 0 as has_schema
from information_schema.tables
where table_schema = 'core' and table_name = 'schema_versions'
