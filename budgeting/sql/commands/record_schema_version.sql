-- Remember that a migration was applied.
-- $version     number of the migration
-- $name        name of its file
-- $applied_at  when
insert into core.schema_versions
values ($version, $name, $applied_at)
