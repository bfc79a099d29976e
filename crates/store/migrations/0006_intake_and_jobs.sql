-- A key is good for one request: the same request gets the stored answer, another a conflict.
create table idempotency_keys (
    workspace_id uuid not null default current_workspace() references workspaces,
    caller_id    uuid not null,             -- The API key or the user that sent the request.
    key          text not null check (length(key) between 1 and 255),
    request_hash bytea not null,            -- SHA-256 of method, path and body.
    response     bytea not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, caller_id, key)
);
alter table idempotency_keys enable row level security, force row level security;
create policy own_workspace on idempotency_keys using (workspace_id = current_workspace());
grant select, insert on idempotency_keys to lr_app;

-- How far a file has been taken in; moved in the same transaction as its leads.
create table imports (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    source_id    uuid not null,
    file_name    text not null,
    file_digest  bytea not null,            -- SHA-256: the same file goes on where it stopped.
    rows_done    bigint not null default 0,
    accepted     bigint not null default 0,
    rejected     bigint not null default 0,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, source_id, file_digest),
    foreign key (workspace_id, source_id) references sources,
    check (accepted + rejected = rows_done)
);
alter table imports enable row level security, force row level security;
create policy own_workspace on imports using (workspace_id = current_workspace());
grant select, insert, update (rows_done, accepted, rejected, finished_at) on imports to lr_app;

create table webhooks (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    url          text not null,
    active       boolean not null default true,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id)
);
alter table webhooks enable row level security, force row level security;
create policy own_workspace on webhooks using (workspace_id = current_workspace());
grant select, insert, update (active) on webhooks to lr_app;

-- Jobs that were given up, visible to their workspace.
create table dead_letters (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    kind         text not null,
    payload      jsonb not null,
    error        text not null,
    attempts     integer not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id)
);
alter table dead_letters enable row level security, force row level security;
create policy own_workspace on dead_letters using (workspace_id = current_workspace());
grant select, insert on dead_letters to lr_app;

create index dead_letters_newest on dead_letters (workspace_id, created_at desc, id desc);

create table audit_entries (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    at           timestamptz not null default now(),
    actor        text not null,             -- usr_…, key_… or `operator`.
    action       text not null,             -- Such as `rule.switched`.
    object       text not null,             -- The id of what was changed.
    before       jsonb,
    after        jsonb,
    primary key (workspace_id, id)
);
alter table audit_entries enable row level security, force row level security;
create policy own_workspace on audit_entries using (workspace_id = current_workspace());
grant select, insert on audit_entries to lr_app;
