-- People who sign in. A user may belong to several workspaces, so `users` is not a workspace's
-- table: only lr_system reads it, to sign somebody in.
create table users (
    id            uuid primary key,
    email         text not null unique check (email = lower(email)),
    name          text not null,
    password_hash text not null,
    created_at    timestamptz not null default now()
);
alter table users enable row level security, force row level security;
create policy system_all on users to lr_system using (true) with check (true);
grant select, insert, update (password_hash) on users to lr_system;

create table members (
    workspace_id uuid not null default current_workspace() references workspaces,
    user_id      uuid not null references users,
    role         text not null check (role in ('owner', 'admin', 'manager', 'rep', 'viewer')),
    name         text not null,
    email        text not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, user_id)
);
alter table members enable row level security, force row level security;
create policy own_workspace on members using (workspace_id = current_workspace());
create policy system_all on members to lr_system using (true) with check (true);
grant select, insert on members to lr_app;
grant select on members to lr_system;
create index members_by_user on members (user_id);

-- A sign-in on one device. Its refresh tokens form a family: using an old one again revokes it.
create table sessions (
    workspace_id uuid not null,
    id           uuid not null,
    user_id      uuid not null,
    created_at   timestamptz not null default now(),
    revoked_at   timestamptz,
    revoked_for  text check (revoked_for in ('signed_out', 'token_reused')),
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references members,
    check ((revoked_at is null) = (revoked_for is null))
);
alter table sessions enable row level security, force row level security;
create policy system_all on sessions to lr_system using (true) with check (true);
grant select, insert, update (revoked_at, revoked_for) on sessions to lr_system;

create table refresh_tokens (
    workspace_id uuid not null,
    hash         bytea not null,            -- SHA-256 of the token; the token itself is nowhere.
    session_id   uuid not null,
    issued_at    timestamptz not null default now(),
    expires_at   timestamptz not null,
    used_at      timestamptz,
    primary key (workspace_id, hash),
    foreign key (workspace_id, session_id) references sessions
);
alter table refresh_tokens enable row level security, force row level security;
create policy system_all on refresh_tokens to lr_system using (true) with check (true);
grant select, insert, update (used_at) on refresh_tokens to lr_system;
create index refresh_tokens_by_hash on refresh_tokens (hash);

create table api_keys (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    name         text not null,
    prefix       text not null,             -- The first characters, to tell keys apart on screen.
    hash         bytea not null,            -- SHA-256; the key has 256 random bits, so no salt.
    created_at   timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at   timestamptz,
    primary key (workspace_id, id)
);
alter table api_keys enable row level security, force row level security;
create policy own_workspace on api_keys using (workspace_id = current_workspace());
create policy system_reads on api_keys for select to lr_system using (true);
grant select, insert, update (last_used_at, revoked_at) on api_keys to lr_app;
grant select (workspace_id, id, hash, revoked_at) on api_keys to lr_system;
create index api_keys_by_hash on api_keys (hash);
