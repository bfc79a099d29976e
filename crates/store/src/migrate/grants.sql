-- Run after every migration: the queue's library makes its own tables and functions, and a new
-- release of it may add some. lr_app gets nothing here; it asks through enqueue_jobs().
revoke all on schema graphile_worker from public;
revoke execute on all functions in schema graphile_worker from public;
grant usage on schema graphile_worker to lr_system;
grant select, insert, update, delete on all tables in schema graphile_worker to lr_system;
grant usage on all sequences in schema graphile_worker to lr_system;
grant execute on all functions in schema graphile_worker to lr_system;

-- The library switches row security on and expects its workers to be the owner, whom it spares.
do $$
declare
    guarded regclass;
begin
    for guarded in
        select c.oid from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
            and not exists (select from pg_policy p where p.polrelid = c.oid)
    loop
        execute format('create policy system_all on %s to lr_system using (true)', guarded);
    end loop;
end $$;
