-- One row per service as it is now.
create or replace view mart.services as
select
    service_id,
    version,
    municipality_code,
    service_code,
    name,
    kind,
    treatment,
    eligible_sex,
    eligible_age_from,
    eligible_age_to,
    capital_life,
    capital_rate,
    owner,
    note,
    recorded_by,
    recorded_at
from core.services
qualify version = max(version) over (partition by service_id, municipality_code) and not is_withdrawn;
comment on view mart.services is 'One row per service that is kept, in its newest version.';
comment on column mart.services.service_id is 'Identifier.';
comment on column mart.services.version is 'Number of the change that made it what it is.';
comment on column mart.services.municipality_code is 'Municipality.';
comment on column mart.services.service_code is 'Short code, unique in the municipality.';
comment on column mart.services.name is 'Name as the municipality writes it.';
comment on column mart.services.kind is 'individual, non_excludable or overhead.';
comment on column mart.services.treatment is 'exclude, population or survey; empty for individual services.';
comment on column mart.services.eligible_sex is 'female or male; empty for everybody.';
comment on column mart.services.eligible_age_from is 'First year of age for which it is meant; empty for no lower limit.';
comment on column mart.services.eligible_age_to is 'Last year of age for which it is meant; empty for no upper limit.';
comment on column mart.services.capital_life is 'Years over which its capital lines are spread; empty where they are not.';
comment on column mart.services.capital_rate is 'Interest rate of the annuity; empty for a straight line.';
comment on column mart.services.owner is 'Department or person that owns the data.';
comment on column mart.services.note is 'In the words of who defined it.';
comment on column mart.services.recorded_by is 'Who made this version.';
comment on column mart.services.recorded_at is 'When.';
