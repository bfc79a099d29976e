//! Rows → batches that are taken in together.

use std::io::{self, Read};

use lr_core::lead::raw::RawLead;

use super::rejects::RejectsFile;
use super::rows::Rows;

/// Rows of a batch, leads and rejects together.
pub const BATCH: u64 = 500;

/// Some rows of a file, one after the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Those that are leads.
    pub leads: Vec<RawLead>,
    /// How many are not.
    pub rejected: u64,
    /// How far into the file they reach, in bytes.
    pub bytes_read: u64,
}

/// The batches of a file from a certain row on.
pub struct Batches<R> {
    rows: Rows<R>,
    rejects: RejectsFile,
    skip: u64,
}

impl<R: Read> Batches<R> {
    /// Leaves out the first `done` rows, which were taken in before; their rejects are written again,
    /// so that the rejects file is complete however often an import was interrupted.
    pub fn new(rows: Rows<R>, rejects: RejectsFile, done: u64) -> Self {
        Self { rows, rejects, skip: done }
    }

    /// The next batch; `None` at the end of the file.
    ///
    /// The rejects of a batch are in their file before the batch is returned.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        let mut batch = Batch::default();
        let mut rows = 0;
        while rows < BATCH {
            let Some(row) = self.rows.next_row()? else { break };
            if let Err(reject) = &row {
                self.rejects.write(reject)?;
            }
            if self.skip > 0 {
                self.skip -= 1;
                continue;
            }
            rows += 1;
            match row {
                Ok(lead) => batch.leads.push(lead),
                Err(_) => batch.rejected += 1,
            }
        }
        self.rejects.flush()?;
        batch.bytes_read = self.rows.bytes_read();
        Ok((rows > 0).then_some(batch))
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;

    use super::*;

    /// 1,200 rows, every tenth of them empty.
    fn file() -> Vec<u8> {
        let row =
            |number| if number % 10 == 0 { ",\n".to_owned() } else { format!("{number},x\n") };
        let rows: String = (0..1_200).map(row).collect();
        format!("name,city\n{rows}").into_bytes()
    }

    fn read(done: u64) -> (Vec<Batch>, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let rejects = RejectsFile::at(path.clone()).unwrap();
        let file = file();
        let mut batches = Batches::new(Rows::open(&file[..], UTF_8).unwrap(), rejects, done);
        let read = std::iter::from_fn(|| batches.next_batch().unwrap()).collect();
        (read, std::fs::read_to_string(path).unwrap())
    }

    #[test]
    fn every_row_is_in_one_batch() {
        let (batches, _) = read(0);
        let rows: Vec<_> = batches.iter().map(|b| (b.leads.len(), b.rejected)).collect();
        assert_eq!(rows, [(450, 50), (450, 50), (180, 20)]);
    }

    #[test]
    fn reading_goes_on_at_any_row_and_the_rejects_stay_complete() {
        let (_, all_rejects) = read(0);
        for done in [1, 499, 777, 1_199, 1_200] {
            let (batches, rejects) = read(done);
            let rows: u64 = batches.iter().map(|b| b.leads.len() as u64 + b.rejected).sum();
            assert_eq!(rows, 1_200 - done);
            assert_eq!(rejects, all_rejects);
        }
    }
}
