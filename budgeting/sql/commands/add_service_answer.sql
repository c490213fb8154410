-- Add an answer to a question of the 4R method.
-- $answer_id      number
-- $service_id     service
-- $fiscal_year    year
-- $question_code  question
-- $answer         words, empty to take one away
-- $recorded_by    who
-- $recorded_at    when
insert into core.service_answers
values ($answer_id, $service_id, $fiscal_year, $question_code, $answer, $recorded_by, $recorded_at)
