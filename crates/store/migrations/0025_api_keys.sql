-- What a key may do, until when, and who made it. A rotated key has a new secret; the one before works on
-- until `old_until`, so that programs can be given the new one without a gap.
alter table api_keys
    add column scopes     text[] not null default '{ingest}'
        check (scopes <@ '{ingest,read,admin}' and cardinality(scopes) between 1 and 3),
    add column made_by    text not null default 'operator', -- usr_… or `operator`.
    add column expires_at timestamptz,
    add column old_hash   bytea,
    add column old_until  timestamptz,
    add constraint api_keys_name_check check (length(name) between 1 and 100),
    add check ((old_hash is null) = (old_until is null));
grant update (prefix, hash, old_hash, old_until) on api_keys to lr_app;
grant select (scopes, expires_at, old_hash, old_until) on api_keys to lr_system;
create index api_keys_by_old_hash on api_keys (old_hash) where old_hash is not null;
