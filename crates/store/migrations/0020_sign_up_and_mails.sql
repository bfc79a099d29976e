-- What the installation says by mail, written in the transaction that causes it. The text is sealed under
-- a key of the installation, because it holds links that are as good as passwords. A person's mail belongs
-- to no workspace, so only lr_system reads the table.
create table mails (
    id           uuid primary key,
    of_workspace uuid,                      -- Whose business it is, if it is a workspace's.
    recipient    text not null,
    kind         text not null,
    sealed       bytea not null,
    created_at   timestamptz not null
);
alter table mails enable row level security;
create policy system_all on mails to lr_system using (true) with check (true);
grant select, insert on mails to lr_system;
create index mails_newest on mails (created_at desc, id desc);

-- A workspace adds mails in its own transactions and reads none, not even its own.
create function send_mail(id uuid, recipient text, kind text, sealed bytea, at timestamptz)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
    insert into public.mails (id, of_workspace, recipient, kind, sealed, created_at)
    values (id, public.current_workspace(), recipient, kind, sealed, at);
$$;
grant execute on function send_mail to lr_app;

-- Somebody wants a workspace; his address is not proved yet. The same row is written whether or not the
-- address has an account, so that nothing tells them apart.
create table sign_ups (
    hash           bytea primary key check (length(hash) = 32), -- SHA-256 of the link's token.
    email          text not null check (email = lower(email)),
    name           text not null,
    workspace_name text not null check (length(workspace_name) between 1 and 200),
    password_hash  text not null,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    used_at        timestamptz
);
alter table sign_ups enable row level security, force row level security;
create policy system_all on sign_ups to lr_system using (true) with check (true);
grant select, insert, update (used_at), delete on sign_ups to lr_system;
create index sign_ups_by_end on sign_ups (expires_at);

-- Links that prove that a person reads the mail of an address, for one purpose and one use. The purpose
-- goes into the hash too: a token found under another purpose does not exist.
create table one_time_tokens (
    hash       bytea primary key check (length(hash) = 32),
    purpose    text not null check (purpose in ('reset_password', 'change_email')),
    user_id    uuid not null references users on delete cascade,
    email      text,                        -- The new address, where that is what is proved.
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    check ((purpose = 'change_email') = (email is not null))
);
alter table one_time_tokens enable row level security, force row level security;
create policy system_all on one_time_tokens to lr_system using (true) with check (true);
grant select, insert, update (used_at), delete on one_time_tokens to lr_system;
create index one_time_tokens_by_end on one_time_tokens (expires_at);
create index one_time_tokens_by_user on one_time_tokens (user_id);

-- What a person knows his sessions by.
alter table sessions
    add user_agent   text not null default '',
    add address      text not null default '',
    add last_used_at timestamptz not null default now(),
    drop constraint sessions_revoked_for_check,
    add constraint sessions_revoked_for_check check (revoked_for in
        ('signed_out', 'token_reused', 'revoked', 'password_changed', 'switched', 'removed'));
grant update (last_used_at) on sessions to lr_system;
create index sessions_by_user on sessions (user_id) where revoked_at is null;

grant update (email, name) on users to lr_system;
grant update (email, name) on members to lr_system;
