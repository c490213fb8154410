-- Add a version of a service.
-- $service_id         service
-- $version            number of the change
-- $municipality_code  municipality
-- $service_code       short code
-- $name               name
-- $kind               individual, non_excludable or overhead
-- $treatment          exclude, population or survey; empty for individual services
-- $eligible_sex       female or male, empty for everybody
-- $eligible_age_from  first year of age, or null
-- $eligible_age_to    last year of age, or null
-- $capital_life       years, or null
-- $capital_rate       rate of the annuity, or null
-- $owner              who owns the data
-- $note               words
-- $is_withdrawn       whether it is not kept any more
-- $change             define, change, withdraw or undo
-- $undoes             version that this one takes back, or null
-- $recorded_by        who
-- $recorded_at        when
insert into core.services
select
    $service_id, $version, $municipality_code, $service_code, $name, $kind, $treatment, $eligible_sex,
    $eligible_age_from, $eligible_age_to, $capital_life, $capital_rate, $owner, $note, $is_withdrawn,
    $change, $undoes, $recorded_by, $recorded_at
