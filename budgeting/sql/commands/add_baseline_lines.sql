-- Keep the lines of a budget that scenarios start from.
-- @batch_lines  one row per line, with the columns of core.baseline_lines
insert into core.baseline_lines by name
select * from batch_lines
