-- Take figures back that were entered together.
-- $change_id  number of the change
update core.indicator_figures
set is_undone = true
where change_id = $change_id
