-- One row per link from a line to the line that continues it that counts: nobody has taken it back. A
-- link of a line that is in no budget any more has nothing to say and is there again when its code is.
create or replace view mart.line_successors as
select
    succession_id,
    fiscal_year,
    line_id,
    successor_line_id,
    change,
    amount_share,
    reason,
    confirmed_by,
    confirmed_at
from core.line_successors
where withdrawn_at is null;
comment on view mart.line_successors is 'One row per confirmed link from a line to the line that continues it that nobody has taken back.';
comment on column mart.line_successors.succession_id is 'What became of these lines in this year: a split or a merger has several links of one number.';
comment on column mart.line_successors.fiscal_year is 'First fiscal year of the line that continues; of one that got another code within a year, that year.';
comment on column mart.line_successors.line_id is 'Earlier line.';
comment on column mart.line_successors.successor_line_id is 'Line that continues it.';
comment on column mart.line_successors.change is 'renamed, split, merged or moved; recoded where a line got another code within the year.';
comment on column mart.line_successors.amount_share is 'Part of the earlier line that it continues, above 0 to 1.';
comment on column mart.line_successors.reason is 'Why, in the words of who confirmed it; empty where nothing was said.';
comment on column mart.line_successors.confirmed_by is 'Who confirmed it.';
comment on column mart.line_successors.confirmed_at is 'When.';
