-- Run after every migration: the queue's library makes its own tables and functions, and a new
-- release of it may add some. lr_app gets nothing here; it asks through enqueue_jobs().
revoke all on schema graphile_worker from public;
revoke execute on all functions in schema graphile_worker from public;
grant usage on schema graphile_worker to lr_system;
grant select, insert, update, delete on all tables in schema graphile_worker to lr_system;
grant usage on all sequences in schema graphile_worker to lr_system;
grant execute on all functions in schema graphile_worker to lr_system;
