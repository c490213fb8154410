-- One row per budget line of mart.screening that a view of the queue keeps; its columns are those of
-- mart.screening. Without words the relation called `found` is not asked; a list of members that is
-- null keeps all lines.
create or replace macro mart.queue(
    statement, under, version, rules, again, kept, has_words, found,
    organisation_ids, programme_ids, function_ids, economic_class_ids, fund_ids
) as table
select *
from mart.screening(statement, under)
where (not has_words or line_year_id in (select line_year_id from query_table(found)))
    and (organisation_ids is null or list_contains(organisation_ids, organisation_id))
    and (programme_ids is null or list_contains(programme_ids, programme_id))
    and (function_ids is null or list_contains(function_ids, function_id))
    and (economic_class_ids is null or list_contains(economic_class_ids, economic_class_id))
    and (fund_ids is null or list_contains(fund_ids, fund_id))
    and case kept
        when 'all' then true
        when 'open' then is_open
        when 'inherited' then subject <> 'line'
        when 'doubtful' then confidence <> 'high'
        when 'again' then list_has_any(categories, again)
        when 'older' then methodology_version <> version or rule_fingerprint not in ('', rules)
        else state = kept
    end
