-- Which lines continue which: one act of a person at a time, with its year, and withdrawn without
-- losing its trace. The table was prepared before; nothing has ever written into it.
drop table core.line_successors;
create table core.line_successors (
    succession_id bigint not null,
    fiscal_year integer not null,
    line_id bigint not null,
    successor_line_id bigint not null,
    change varchar not null,
    amount_share decimal(9, 6) not null,
    reason varchar not null,
    confirmed_by varchar not null,
    confirmed_at timestamptz not null,
    withdrawn_by varchar,
    withdrawn_at timestamptz,
    withdrawn_reason varchar
);
comment on table core.line_successors is 'One row per link from a line to the line that continues it, as a person confirmed it; mart.line_successors has those that count.';
comment on column core.line_successors.succession_id is 'What became of these lines in this year: a split or a merger has several links of one number.';
comment on column core.line_successors.fiscal_year is 'First fiscal year of the line that continues: between the year before and this one the two are one line.';
comment on column core.line_successors.line_id is 'Earlier line.';
comment on column core.line_successors.successor_line_id is 'Line that continues it; the same line where a part of a split or merged one goes on as itself.';
comment on column core.line_successors.change is 'renamed, split, merged or moved.';
comment on column core.line_successors.amount_share is 'Part of the earlier line that it continues, above 0 to 1; what no link covers has ended.';
comment on column core.line_successors.reason is 'Why, in the words of who confirmed it; empty where nothing was said.';
comment on column core.line_successors.confirmed_by is 'Who confirmed it.';
comment on column core.line_successors.confirmed_at is 'When.';
comment on column core.line_successors.withdrawn_by is 'Who took it back; empty where it counts.';
comment on column core.line_successors.withdrawn_at is 'When.';
comment on column core.line_successors.withdrawn_reason is 'Why, where something was said.';
