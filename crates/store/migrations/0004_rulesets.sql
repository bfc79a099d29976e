create table rulesets (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    version      integer not null check (version > 0),
    state        text not null check (state in ('draft', 'published', 'archived')),
    catch_all    jsonb not null,            -- An action: no lead lands nowhere.
    author       text not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id),
    unique (workspace_id, version)
);
create unique index one_published_ruleset on rulesets (workspace_id) where state = 'published';
alter table rulesets enable row level security, force row level security;
create policy own_workspace on rulesets using (workspace_id = current_workspace());
grant select, insert, update (state) on rulesets to lr_app;
create trigger config_changes before insert or update or delete on rulesets
    for each statement execute function bump_config_version();

create table rules (
    workspace_id uuid not null default current_workspace() references workspaces,
    ruleset_id   uuid not null,
    id           uuid not null,             -- Keeps from version to version.
    position     integer not null check (position >= 0),
    name         text not null check (length(name) between 1 and 200),
    enabled      boolean not null,
    condition    jsonb not null,            -- React Query Builder's form.
    action       jsonb not null,
    primary key (workspace_id, ruleset_id, id),
    unique (workspace_id, ruleset_id, position),
    foreign key (workspace_id, ruleset_id) references rulesets
);
alter table rules enable row level security, force row level security;
create policy own_workspace on rules using (workspace_id = current_workspace());
grant select, insert on rules to lr_app;

-- Ruleset, reps and pools as they decided, in core's versioned bytes; every decision names one.
create table configs (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    digest       bytea not null,            -- SHA-256 of body: equal states are one row.
    body         bytea not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id),
    unique (workspace_id, digest)
);
alter table configs enable row level security, force row level security;
create policy own_workspace on configs using (workspace_id = current_workspace());
grant select, insert on configs to lr_app;
