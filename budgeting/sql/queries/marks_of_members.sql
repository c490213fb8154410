-- Marks of programmes or organisations themselves, as they count in a year for a stage.
-- One row per marked member.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $subject            programme or organisation
-- $methodology        methodology
-- $fiscal_year        fiscal year
-- $stage              stage
with newest as (
    select *
    from core.classifications
    where municipality_code = $municipality_code
        and direction = $direction
        and subject = $subject
        and methodology = $methodology
        and from_year <= $fiscal_year
    qualify rank() over (partition by subject_code, from_year, stage order by mark_id desc) = 1
),

in_force as (
    select *
    from newest
    where state <> 'undone' and (stage is null or stage = $stage)
    qualify rank() over (partition by subject_code order by from_year desc, stage is not null desc) = 1
)

select
    subject_code,
    list(category order by classification_id) as categories,
    min(classification_id) as classification_id,
    any_value(mark_id) as mark_id,
    any_value(methodology_version) as methodology_version,
    any_value(state) as state,
    any_value(confidence) as confidence,
    any_value(author) as author,
    any_value(reason) as reason
from in_force
where state <> 'withdrawn'
group by subject_code
order by subject_code
