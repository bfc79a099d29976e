create table teams (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    name         text not null check (length(name) between 1 and 200),
    primary key (workspace_id, id),
    unique (workspace_id, name)
);
alter table teams enable row level security, force row level security;
create policy own_workspace on teams using (workspace_id = current_workspace());
grant select, insert, update (name) on teams to lr_app;

create table reps (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    user_id      uuid,                      -- The member he signs in as, if he does.
    name         text not null check (length(name) between 1 and 200),
    email        text not null,
    active       boolean not null default true,
    time_zone    text not null,             -- IANA name.
    hours        jsonb not null,            -- Weekly hours, as core's WeeklyHours.
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references members
);
alter table reps enable row level security, force row level security;
create policy own_workspace on reps using (workspace_id = current_workspace());
grant select, insert, update (name, email, active, time_zone, hours) on reps to lr_app;
create trigger config_changes before insert or update or delete on reps
    for each statement execute function bump_config_version();

create table leaves (
    workspace_id uuid not null default current_workspace() references workspaces,
    rep_id       uuid not null,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null check (ends_at > starts_at),
    primary key (workspace_id, rep_id, starts_at),
    foreign key (workspace_id, rep_id) references reps
);
alter table leaves enable row level security, force row level security;
create policy own_workspace on leaves using (workspace_id = current_workspace());
grant select, insert, delete on leaves to lr_app;
create trigger config_changes before insert or update or delete on leaves
    for each statement execute function bump_config_version();

create table pools (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    team_id      uuid not null,
    name         text not null check (length(name) between 1 and 200),
    turns        bigint not null default 0, -- Turns taken so far; the number of the last one.
    primary key (workspace_id, id),
    unique (workspace_id, name),
    foreign key (workspace_id, team_id) references teams
);
alter table pools enable row level security, force row level security;
create policy own_workspace on pools using (workspace_id = current_workspace());
grant select, insert, update (name, turns) on pools to lr_app;
-- `turns` moves with every lead and decides nothing by itself: only the name is configuration.
create trigger config_changes before insert or update of name or delete on pools
    for each statement execute function bump_config_version();

create table pool_members (
    workspace_id uuid not null default current_workspace() references workspaces,
    pool_id      uuid not null,
    rep_id       uuid not null,
    weight       integer not null default 1 check (weight between 1 and 1000),
    primary key (workspace_id, pool_id, rep_id),
    foreign key (workspace_id, pool_id) references pools,
    foreign key (workspace_id, rep_id) references reps
);
alter table pool_members enable row level security, force row level security;
create policy own_workspace on pool_members using (workspace_id = current_workspace());
grant select, insert, update (weight), delete on pool_members to lr_app;
create trigger config_changes before insert or update or delete on pool_members
    for each statement execute function bump_config_version();

-- What a pool owes each rep who ever was a member, in parts of a lead (core's `LEAD`). Kept when a
-- member leaves, so that the balances of a pool always sum to zero.
create table ledger_balances (
    workspace_id uuid not null default current_workspace() references workspaces,
    pool_id      uuid not null,
    rep_id       uuid not null,
    balance      bigint not null default 0,
    assigned     bigint not null default 0 check (assigned >= 0),
    last_turn    bigint not null default 0, -- The number of his last turn; 0 is never.
    primary key (workspace_id, pool_id, rep_id),
    foreign key (workspace_id, pool_id) references pools,
    foreign key (workspace_id, rep_id) references reps
);
alter table ledger_balances enable row level security, force row level security;
create policy own_workspace on ledger_balances using (workspace_id = current_workspace());
grant select, insert, update (balance, assigned, last_turn) on ledger_balances to lr_app;

-- Every change of a pool's balances, with its cause: one row per pool and batch of leads.
create table ledger_entries (
    workspace_id uuid not null default current_workspace() references workspaces,
    pool_id      uuid not null,
    seq          bigint not null,           -- Number of the last turn it covers.
    at           timestamptz not null,
    cause        text not null check (cause in ('turns')),
    turns        integer not null check (turns > 0),
    rep_ids      uuid[] not null,
    entitled     bigint[] not null,         -- Parts gained, beside rep_ids.
    assigned     bigint[] not null,         -- Leads taken, beside rep_ids.
    primary key (workspace_id, pool_id, seq),
    foreign key (workspace_id, pool_id) references pools,
    check (cardinality(rep_ids) = cardinality(entitled)),
    check (cardinality(rep_ids) = cardinality(assigned))
);
alter table ledger_entries enable row level security, force row level security;
create policy own_workspace on ledger_entries using (workspace_id = current_workspace());
grant select, insert on ledger_entries to lr_app;
