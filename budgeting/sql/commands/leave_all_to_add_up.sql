-- Leave it to the first look to add up the marks of every statement.
insert into mart.statements_to_add_up
select vintage_id
from core.vintages
