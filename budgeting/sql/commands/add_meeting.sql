-- Add a meeting.
-- $meeting_id          number of the meeting
-- $municipality_code   municipality
-- $fiscal_year         year of the budget
-- $stage               stage of it
-- $currency_code       ISO 4217
-- $vintage_id          statement of expenditure
-- $revenue_vintage_id  statement of revenue, or null
-- $data_version        data version
-- $baseline            fingerprint of the lines
-- $rules_version       version of the rules
-- $name                what it is called
-- $step_percent        per cent of one step
-- $opened_by           who
-- $opened_at           when
insert into core.meetings
select
    $meeting_id,
    $municipality_code,
    $fiscal_year,
    $stage,
    $currency_code,
    $vintage_id,
    $revenue_vintage_id,
    $data_version,
    $baseline,
    $rules_version,
    $name,
    $step_percent,
    $opened_by,
    $opened_at
