//! The floor: one row of a lead's size per transaction, in the same Postgres.

use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use crate::demo::Demo;

/// Bytes of a row, about those that a lead's name, address and snapshot take.
const ROW_BYTES: usize = 1_000;

/// A client that inserts rows.
pub struct Inserts {
    connection: PgConnection,
    row: Vec<u8>,
}

impl Inserts {
    /// In a database beside `demo`'s, so that nothing of the product is touched.
    pub async fn prepare(demo: &Demo) -> anyhow::Result<Self> {
        let (port, password) = demo.postgres()?;
        let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(port);
        let options = options.username("lr_owner").password(&password);
        let mut postgres = options.clone().database("postgres").connect().await?;
        sqlx::raw_sql("create database bench").execute(&mut postgres).await?;
        postgres.close().await?;
        let mut connection = options.database("bench").connect().await?;
        let table = "create table rows (id bigserial primary key, body bytea not null)";
        sqlx::raw_sql(table).execute(&mut connection).await?;
        Ok(Self { connection, row: vec![b'x'; ROW_BYTES] })
    }

    /// Inserts a row in a transaction of its own; from the statement to the confirmed commit.
    #[expect(clippy::disallowed_methods, reason = "a table of the benchmark's own")]
    pub async fn insert(&mut self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let statement = sqlx::query("insert into rows (body) values ($1)").bind(&self.row);
        statement.execute(&mut self.connection).await?;
        Ok(begun.elapsed())
    }

    /// Version, and the settings that make a commit durable.
    #[expect(clippy::disallowed_methods, reason = "a question to the benchmark's own connection")]
    pub async fn version(&mut self) -> anyhow::Result<String> {
        let question = "select current_setting('server_version')
            || ', fsync ' || current_setting('fsync')
            || ', synchronous_commit ' || current_setting('synchronous_commit')";
        Ok(sqlx::query_scalar(question).fetch_one(&mut self.connection).await?)
    }
}
