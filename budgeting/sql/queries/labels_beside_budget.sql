-- One row per code of a table of labels, with what the newest budget prints that has it.
-- Where no budget has the code, printed_label is null. fate is completed, same, otherwise or unknown.
-- @batch_labels  one row per code: municipality_code, direction, dimension, code, label
with printed as (
    select
        member.municipality_code,
        member.direction,
        member.dimension,
        member.code,
        arg_max(label.label, label.fiscal_year) as printed_label,
        arg_max(label.search_text, label.fiscal_year) as search_text,
        bool_or(member.path_code = member.code and label.label in ('', member.code)) as is_wordless
    from core.members as member
    inner join core.member_labels as label using (member_id)
    group by all
)

select
    incoming.code,
    incoming.label,
    printed.printed_label,
    case
        when printed.code is null then 'unknown'
        when printed.is_wordless or core.is_cut(printed.search_text, core.folded(incoming.label)) then 'completed'
        when core.folded(incoming.label) = printed.search_text then 'same'
        else 'otherwise'
    end as fate
from batch_labels as incoming
left join printed using (municipality_code, direction, dimension, code)
order by incoming.code
