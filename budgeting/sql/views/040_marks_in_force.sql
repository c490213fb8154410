-- One row per line-year, methodology, stage and part of the mark that counts, derived from scratch.
create or replace view mart.marks_in_force as
select *
from mart.marks_of('core.line_years', null);
comment on view mart.marks_in_force is 'One row per line-year, methodology, stage and part of the mark that counts, derived from scratch: what mart.line_year_marks holds.';
comment on column mart.marks_in_force.line_year_id is 'Line-year.';
comment on column mart.marks_in_force.methodology is 'Methodology.';
comment on column mart.marks_in_force.methodology_version is 'Its version when the mark was made.';
comment on column mart.marks_in_force.stage is 'Stage for which it counts; empty for all.';
comment on column mart.marks_in_force.category is 'Category.';
comment on column mart.marks_in_force.share_before is 'Sum of the shares of the parts before this one.';
comment on column mart.marks_in_force.amount_share is 'Part of the amount, 0 to 1.';
comment on column mart.marks_in_force.score is 'Points or share that the methodology computed; empty where it computes none.';
comment on column mart.marks_in_force.state is 'draft, reviewed or approved.';
comment on column mart.marks_in_force.confidence is 'high, medium or low.';
comment on column mart.marks_in_force.subject is 'line where the mark is its own; programme or organisation where it is inherited.';
comment on column mart.marks_in_force.mark_id is 'Change that made the mark what it is.';
comment on column mart.marks_in_force.classification_id is 'Row of core.classifications with reason, author and evidence.';
comment on column mart.marks_in_force.rule_fingerprint is 'Fingerprint of what decides categories in the methodology''s file when the mark was made; empty where it is not known.';
