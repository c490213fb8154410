-- At most one row: the role of a person.
-- $user_name  name from sign-in
select role
from core.user_roles
where user_name = $user_name
