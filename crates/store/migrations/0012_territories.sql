-- The tables of territories in core's versioned bytes, once per distinct table: a config names them by
-- digest, so a decision of last year finds the rows of last year.
create table territory_bodies (
    workspace_id uuid not null default current_workspace() references workspaces,
    digest       bytea not null check (length(digest) = 32), -- SHA-256 of body.
    body         bytea not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, digest)
);
alter table territory_bodies enable row level security, force row level security;
create policy own_workspace on territory_bodies using (workspace_id = current_workspace());
grant select, insert on territory_bodies to lr_app;

create table territories (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    name         text not null check (length(name) between 1 and 200),
    version      integer not null default 1 check (version > 0), -- Counts up with each change.
    digest       bytea not null,
    headings     text[] not null,           -- As its file is headed, so that lists need no body.
    row_count    integer not null check (row_count >= 0),
    changed_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, name),
    foreign key (workspace_id, digest) references territory_bodies
);
alter table territories enable row level security, force row level security;
create policy own_workspace on territories using (workspace_id = current_workspace());
grant select, insert, update (version, digest, headings, row_count, changed_at), delete
    on territories to lr_app;
create trigger config_changes before insert or update or delete on territories
    for each statement execute function bump_config_version();
