-- Add a version of a scenario.
-- $scenario_id         scenario
-- $version             number of the version
-- $municipality_code   municipality
-- $fiscal_year         fiscal year
-- $stage               stage
-- $currency_code       ISO 4217
-- $vintage_id          statement of expenditure
-- $revenue_vintage_id  statement of revenue, or null
-- $data_version        data version at which it was begun or rebased
-- $baseline            fingerprint of its lines
-- $rules_version       version of the rules, 0 for none
-- $name                name
-- $description         words
-- $copied_from         scenario, or null
-- $state               draft, submitted, adopted, rejected or withdrawn
-- $change              begin, copy, open, rename, rebase, submit, adopt, reject or withdraw
-- $reason              why
-- $recorded_by         who
-- $recorded_at         when
insert into core.scenarios
select
    $scenario_id, $version, $municipality_code, $fiscal_year, $stage, $currency_code, $vintage_id,
    $revenue_vintage_id, $data_version, $baseline, $rules_version, $name, $description, $copied_from,
    $state, $change, $reason, $recorded_by, $recorded_at
