-- Lines of a year whose marks somebody should look at again: the line is called or classified in
-- another way than when it was marked, it continues a marked line, or it is new.
-- One row per line, changed ones first, then successors, then new ones.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
-- $methodology        methodology
with now as (
    select *
    from core.line_years
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year = $fiscal_year
),

earlier as (
    select *
    from core.line_years
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year < $fiscal_year
        and line_id in (select line_id from now)
    qualify row_number() over (partition by line_id order by fiscal_year desc) = 1
),

counting as (
    select
        mark.line_year_id,
        min(mark.classification_id) as classification_id
    from mart.line_year_marks as mark
    semi join now using (line_year_id)
    where mark.methodology = $methodology
    group by mark.line_year_id
),

changed as (
    select
        'changed' as kind,
        now.line_year_id,
        earlier.label as earlier_label,
        earlier.fiscal_year as earlier_year,
        list_filter(
            [
                case when now.label <> earlier.label then 'label' end,
                case when now.organisation_id <> earlier.organisation_id then 'organisation' end,
                case when now.programme_id <> earlier.programme_id then 'programme' end,
                case when now.function_id <> earlier.function_id then 'function' end,
                case when now.economic_class_id <> earlier.economic_class_id then 'economic_class' end,
                case when now.fund_id <> earlier.fund_id then 'fund' end
            ],
            lambda field: field is not null
        ) as changed_fields,
        counting.classification_id
    from now
    inner join earlier using (line_id)
    inner join counting on counting.line_year_id = now.line_year_id
    inner join core.classifications as mark using (classification_id)
    where mark.from_year < $fiscal_year
        and (
            now.label <> earlier.label
            or now.organisation_id <> earlier.organisation_id
            or now.programme_id <> earlier.programme_id
            or now.function_id <> earlier.function_id
            or now.economic_class_id <> earlier.economic_class_id
            or now.fund_id <> earlier.fund_id
        )
),

continued as (
    select distinct
        now.line_year_id,
        link.change,
        link.line_id
    from now
    inner join mart.line_successors as link on link.successor_line_id = now.line_id
    where link.fiscal_year <= $fiscal_year
        and link.line_id <> link.successor_line_id
),

-- Where the lines before it were marked in different ways, none of these marks is proposed.
successor as (
    select
        'successor' as kind,
        continued.line_year_id,
        arg_max(before.label, before.fiscal_year) as earlier_label,
        max(before.fiscal_year) as earlier_year,
        [any_value(continued.change)] as changed_fields,
        case
            when count(distinct before.categories) = 1 and bool_and(before.categories is not null)
                then arg_max(before.classification_id, before.fiscal_year)
        end as classification_id
    from continued
    inner join (
        select
            line.line_id,
            line.label,
            line.fiscal_year,
            min(mark.classification_id) as classification_id,
            string_agg(
                concat_ws(' ', mark.category, mark.stage, mark.share_before, mark.amount_share), '; '
                order by mark.classification_id
            ) filter (where mark.classification_id is not null) as categories
        from core.line_years as line
        left join mart.line_year_marks as mark
            on mark.line_year_id = line.line_year_id
                and mark.methodology = $methodology
                and mark.subject = 'line'
        where line.line_id in (select line_id from continued)
            and (
                line.fiscal_year < $fiscal_year
                or (
                    line.fiscal_year = $fiscal_year
                    and line.line_id in (
                        select line_id from mart.line_successors
                        where change = 'recoded' and fiscal_year = $fiscal_year
                    )
                )
            )
        group by line.line_id, line.label, line.fiscal_year
        qualify row_number() over (partition by line.line_id order by line.fiscal_year desc) = 1
    ) as before using (line_id)
    where continued.line_year_id not in (
        select line_year_id from mart.line_year_marks
        where methodology = $methodology and subject = 'line'
    )
    group by continued.line_year_id
    having count(before.categories) > 0
),

fresh as (
    select
        'new' as kind,
        now.line_year_id,
        null as earlier_label,
        null as earlier_year,
        [] as changed_fields,
        null as classification_id
    from now
    where now.line_id not in (select line_id from earlier)
        and now.line_year_id not in (select line_year_id from counting)
        and now.line_year_id not in (select line_year_id from continued)
        and exists (
            select 1
            from core.line_years as other
            where other.municipality_code = $municipality_code
                and other.direction = $direction
                and other.fiscal_year < $fiscal_year
        )
),

found as (
    select * from changed
    union all
    select * from successor
    union all
    select * from fresh
)

select
    found.kind,
    line.line_id,
    line.line_code,
    line_year.label,
    found.earlier_label,
    found.earlier_year,
    found.changed_fields,
    found.classification_id,
    mark.category,
    mark.state,
    mark.subject,
    mark.author
from found
inner join core.line_years as line_year using (line_year_id)
inner join core.budget_lines as line using (line_id)
left join core.classifications as mark using (classification_id)
order by found.kind = 'new', found.kind, line_year.label, line.line_code
