-- One row per column of every table and view, with the comments of the catalogue.
select
    column_.schema_name || '.' || column_.table_name as table_name,
    coalesce(table_.comment, view_.comment) as table_comment,
    column_.column_name,
    column_.data_type,
    column_.comment as column_comment
from duckdb_columns() as column_
left join duckdb_tables() as table_ using (database_name, schema_name, table_name)
left join duckdb_views() as view_
    on view_.schema_name = column_.schema_name
        and view_.view_name = column_.table_name
        and view_.database_name = column_.database_name
where column_.schema_name in ('staging', 'core', 'mart')
    and column_.database_name = current_database()
order by column_.schema_name desc, column_.table_name, column_.column_index
