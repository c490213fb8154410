-- One row per member of a municipality's classifications, called what it was called in the year
-- or, where the year does not have it, in the newest year that does.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
select
    member.member_id,
    member.dimension,
    member.path_code,
    member.code,
    member.depth,
    member.ancestor_ids,
    coalesce(
        max(label.label) filter (where label.fiscal_year = $fiscal_year),
        arg_max(label.label, label.fiscal_year)
    ) as label,
    bool_or(label.fiscal_year = $fiscal_year) as is_in_year
from core.members as member
inner join mart.member_labels as label using (member_id)
where member.municipality_code = $municipality_code and member.direction = $direction
group by all
order by member.dimension, member.path_code
