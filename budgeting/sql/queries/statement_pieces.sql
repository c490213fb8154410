-- Marked money of statements of amounts, as the layouts of the gender budget statement group it.
-- One row per statement, category, organisation, programme, fund, score, economic class where they are
-- wanted, and label of the line where no programme is known; with the mark that has most money in it.
-- `approved` is the part of the amount whose marks a second reader has approved.
-- $vintage_ids         statements of amounts
-- $fiscal_year         year whose labels count: a line is called as it is then, or was last
-- $methodology         methodology
-- $version             its version
-- $categories          its categories; marks of other versions or categories are “other-version”
-- $has_classes         whether economic classes are wanted; 0 for all without them
-- $unless_methodology  leave out line-years that are also marked under this one; null for none
with part as (
    select
        marked.*,
        case
            when marked.methodology_version = $version
                and list_contains($categories, marked.category)
                then marked.category
            else 'other-version'
        end as counted_category
    from mart.marked_amounts as marked
    where list_contains($vintage_ids, marked.vintage_id) and marked.methodology = $methodology
),

elsewhere as (
    select distinct
        vintage_id,
        line_year_id
    from mart.marked_amounts
    where list_contains($vintage_ids, vintage_id) and methodology = $unless_methodology
),

called as (
    select
        line_id,
        max_by(label, fiscal_year) as label
    from core.line_years
    where fiscal_year <= $fiscal_year
    group by line_id
),

piece as (
    select
        part.vintage_id,
        part.counted_category as category,
        part.organisation_id,
        part.programme_id,
        part.fund_id,
        case when $has_classes then part.economic_class_id else 0 end as economic_class_id,
        case part.programme_id when 0 then called.label end as line_label,
        part.score::varchar as score,
        sum(part.amount)::decimal(38, 2) as amount,
        coalesce(sum(part.amount) filter (where part.state = 'approved'), 0)::decimal(38, 2) as approved,
        first(part.classification_id order by abs(part.amount) desc, part.classification_id)
            as classification_id
    from part
    anti join elsewhere
        on elsewhere.vintage_id = part.vintage_id and elsewhere.line_year_id = part.line_year_id
    left join called on called.line_id = part.line_id
    group by all
)

select
    piece.*,
    mark.reason,
    mark.evidence,
    mark.evidence_link
from piece
inner join core.classifications as mark using (classification_id)
order by all
