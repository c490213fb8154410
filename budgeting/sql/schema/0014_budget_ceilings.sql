-- Ceilings: what an organisation may have at most in the budget of a year, as a rule with that year.
alter table core.budget_rules add column fiscal_year integer;
comment on column core.budget_rules.fiscal_year is 'Year of the budget that a budget ceiling is for; empty for the other kinds, which hold in every year.';
comment on column core.budget_rules.kind is 'balanced, within, limit, limit_each, gives, gives_each, earmarked, protected, floor, ceiling, budget_ceiling or ceiling_share.';
