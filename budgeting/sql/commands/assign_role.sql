-- Give a person a role; it replaces the one they had.
-- $user_name    name from sign-in
-- $role         viewer, editor, reviewer or administrator
-- $assigned_by  who assigns it
-- $assigned_at  when
insert or replace into core.user_roles
values ($user_name, $role, $assigned_by, $assigned_at)
