-- Keep the labels of a table of labels.
-- $import_id     import
-- @batch_labels  one row per code: municipality_code, direction, dimension, code, label
insert into core.labels
select
    $import_id,
    municipality_code,
    direction,
    dimension,
    code,
    label,
    core.folded(label)
from batch_labels
