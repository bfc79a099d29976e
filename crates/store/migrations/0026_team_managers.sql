-- Whose team is whose: a member with the role of manager changes the teams that are his and no others.
create table team_managers (
    workspace_id uuid not null default current_workspace() references workspaces,
    team_id      uuid not null,
    user_id      uuid not null,
    primary key (workspace_id, team_id, user_id),
    foreign key (workspace_id, team_id) references teams,
    foreign key (workspace_id, user_id) references members
);
alter table team_managers enable row level security, force row level security;
create policy own_workspace on team_managers using (workspace_id = current_workspace());
grant select, insert, delete on team_managers to lr_app;
create index team_managers_by_user on team_managers (workspace_id, user_id);

-- A member with the role of rep sees the leads of the rep that he is; he is one at most.
create unique index reps_by_user on reps (workspace_id, user_id) where user_id is not null;
grant update (user_id) on reps to lr_app;
