-- The queue by programmes, organisations or functions of a level: most money not screened first.
-- One row per member; member 0 is "not known".
-- {dimension}          dimension to group by
-- $depth               its level, 1 at the top
-- $subject             what a mark of such a member is of: programme or organisation
-- $vintage_id          statement of amounts, -1 where there is none
-- $methodology         methodology
-- $version             its version in which new marks are made
-- $rules               fingerprint of its rules
-- $again               categories that are to be scored again
-- $show                which lines: all, open, inherited, doubtful, again, older, or a state of marks
-- $has_words           whether only the lines of @batch_found are kept
-- @batch_found         lines in which words were found: line_year_id
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
with kept as (
    select *
    from mart.queue(
        $vintage_id, $methodology, $version, $rules, $again, $show, $has_words, 'batch_found',
        $organisation_ids, $programme_ids, $function_ids, $economic_class_ids, $fund_ids
    )
),

grouped as (
    select
        kept.*,
        coalesce(member.ancestor_ids[$depth], member.member_id, 0) as member_id
    from kept
    left join core.members as member on kept.{dimension} = member.member_id
),

-- A mark of the member would count for a line without a nearer one.
placed as (
    select
        grouped.*,
        coalesce(
            grouped.subject = 'line'
            or (grouped.subject = 'programme' and $subject <> 'programme')
            or (
                grouped.subject = $subject
                and starts_with(mark.subject_code, member.path_code || '/')
            ),
            false
        ) as has_nearer_mark
    from grouped
    left join core.members as member using (member_id)
    left join core.classifications as mark using (classification_id)
)

select
    member_id,
    count(*) as line_count,
    count(*) filter (where is_open) as open_count,
    count(*) filter (where not has_nearer_mark) as inheriting_count,
    coalesce(sum(amount) filter (where not has_nearer_mark), 0)::decimal(38, 2) as inheriting_amount,
    sum(amount)::decimal(38, 2) as amount,
    sum(not_screened)::decimal(38, 2) as not_screened
from placed
group by member_id
order by open_count > 0 desc, abs(sum(not_screened)) desc, abs(sum(amount)) desc, member_id
