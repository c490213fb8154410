-- One row per member and fiscal year: what it is called. A label that the budget prints cut, or a code
-- at the top that it prints without words, is called as the newest table of labels says that is not
-- undone. A label in other words stays as printed: of that year the table need not be true.
create or replace view mart.member_labels as
with whole as (
    select
        label.municipality_code,
        label.direction,
        label.dimension,
        label.code,
        arg_max(label.label, label.import_id) as label,
        arg_max(label.search_text, label.import_id) as search_text
    from core.labels as label
    inner join core.imports as import using (import_id)
    where import.undone_at is null
    group by all
)

select
    printed.member_id,
    printed.fiscal_year,
    coalesce(whole.label, printed.label) as label,
    coalesce(whole.search_text, printed.search_text) as search_text,
    printed.label as printed_label
from core.member_labels as printed
inner join core.members as member using (member_id)
left join whole
    on whole.municipality_code = member.municipality_code
        and whole.direction = member.direction
        and whole.dimension = member.dimension
        and whole.code = member.code
        and (
            core.is_cut(printed.search_text, whole.search_text)
            or (member.path_code = member.code and printed.label in ('', member.code))
        );
comment on view mart.member_labels is 'One row per member and fiscal year: what it is called, in full where a table of labels says it.';
comment on column mart.member_labels.member_id is 'Member.';
comment on column mart.member_labels.fiscal_year is 'Fiscal year.';
comment on column mart.member_labels.label is 'Label, in full where it is known.';
comment on column mart.member_labels.search_text is 'The label folded for search.';
comment on column mart.member_labels.printed_label is 'Label as the budget prints it.';
