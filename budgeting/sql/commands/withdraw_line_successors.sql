-- Take back what became of lines; the links stay on record.
-- $withdrawn_by      person
-- $withdrawn_at      moment
-- $withdrawn_reason  why, in the words of who takes them back; may be empty
-- @batch_ids         one row per succession: succession_id
update core.line_successors
set
    withdrawn_by = $withdrawn_by,
    withdrawn_at = $withdrawn_at,
    withdrawn_reason = $withdrawn_reason
where succession_id in (select succession_id from batch_ids)
