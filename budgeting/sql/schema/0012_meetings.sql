-- Meetings: guests say of a few topics whether they should have more or less.
create table core.meetings (
    meeting_id integer primary key,
    municipality_code varchar not null,
    fiscal_year integer not null,
    stage varchar not null,
    currency_code varchar not null,
    vintage_id integer not null,
    revenue_vintage_id integer,
    data_version bigint not null,
    baseline varchar not null,
    rules_version integer not null,
    name varchar not null,
    step_percent decimal(9, 4) not null,
    opened_by varchar not null,
    opened_at timestamptz not null
);
comment on table core.meetings is 'One row per meeting, as it was opened.';
comment on column core.meetings.meeting_id is 'Identifier.';
comment on column core.meetings.municipality_code is 'Municipality.';
comment on column core.meetings.fiscal_year is 'Fiscal year of the budget that is talked about.';
comment on column core.meetings.stage is 'Stage of it.';
comment on column core.meetings.currency_code is 'ISO 4217, of every amount.';
comment on column core.meetings.vintage_id is 'Statement of expenditure.';
comment on column core.meetings.revenue_vintage_id is 'Statement of revenue; empty where none is stored.';
comment on column core.meetings.data_version is 'Data version at which it was opened.';
comment on column core.meetings.baseline is 'Fingerprint of the lines that it is about, kept in core.baseline_lines.';
comment on column core.meetings.rules_version is 'Version of the municipality''s rules that is shown; 0 where there were none.';
comment on column core.meetings.name is 'Name as its facilitator calls it.';
comment on column core.meetings.step_percent is 'By how many per cent one step changes a topic.';
comment on column core.meetings.opened_by is 'Who opened it.';
comment on column core.meetings.opened_at is 'When.';

create table core.meeting_topics (
    meeting_id integer not null,
    place integer not null,
    direction varchar not null,
    subject_kind varchar not null,
    subject_code varchar not null,
    label varchar not null,
    amount decimal(18, 2) not null,
    primary key (meeting_id, place)
);
comment on table core.meeting_topics is 'One row per topic of a meeting: what its guests may change.';
comment on column core.meeting_topics.meeting_id is 'Meeting.';
comment on column core.meeting_topics.place is 'Place among the topics, from 0.';
comment on column core.meeting_topics.direction is 'expenditure or revenue.';
comment on column core.meeting_topics.subject_kind is 'organisation, programme, function or service.';
comment on column core.meeting_topics.subject_code is 'Year-free code of it.';
comment on column core.meeting_topics.label is 'What it was called when the meeting was opened.';
comment on column core.meeting_topics.amount is 'What it has in the budget, in the currency of the meeting.';

create table core.meeting_links (
    token_hash varchar primary key,
    meeting_id integer not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null
);
comment on table core.meeting_links is 'One row per link that leads guests to a meeting, as long as it is open.';
comment on column core.meeting_links.token_hash is 'SHA-256 of the token in the link; the token itself is nowhere.';
comment on column core.meeting_links.meeting_id is 'Meeting.';
comment on column core.meeting_links.recorded_by is 'Who made the link.';
comment on column core.meeting_links.recorded_at is 'When.';

create table core.meeting_submissions (
    meeting_id integer not null,
    sequence integer not null,
    participant varchar not null,
    steps tinyint[] not null,
    submitted_at timestamptz not null,
    primary key (meeting_id, sequence)
);
comment on table core.meeting_submissions is 'One row per submission of a guest, append-only: the newest of each participant counts.';
comment on column core.meeting_submissions.meeting_id is 'Meeting.';
comment on column core.meeting_submissions.sequence is 'Number of the submission in the meeting, from 1.';
comment on column core.meeting_submissions.participant is 'Guest: a fingerprint of this meeting and of their browser, from which neither name nor other meetings can be known.';
comment on column core.meeting_submissions.steps is 'Steps of each topic by its place, from -2 (much less) over 0 (as it is) to 2 (much more).';
comment on column core.meeting_submissions.submitted_at is 'When.';

create table core.meeting_closings (
    meeting_id integer primary key,
    closed_by varchar not null,
    closed_at timestamptz not null
);
comment on table core.meeting_closings is 'One row per meeting that was closed: nothing is submitted to it any more.';
comment on column core.meeting_closings.meeting_id is 'Meeting.';
comment on column core.meeting_closings.closed_by is 'Who closed it.';
comment on column core.meeting_closings.closed_at is 'When.';
