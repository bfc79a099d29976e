//! The rejects file: every row that did not become a lead, with the reason.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::rows::Reject;

/// A CSV file with the line of each rejected row, the reason, and the row as it stood in the file.
///
/// It is made with the first reject, so a clean import leaves none.
pub struct RejectsFile {
    path: PathBuf,
    csv: Option<csv::Writer<File>>,
}

impl RejectsFile {
    /// The file at `path`; one that is there from an earlier run is removed.
    ///
    /// # Errors
    /// If it is there and cannot be removed.
    pub fn at(path: PathBuf) -> io::Result<Self> {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(Self { path, csv: None }),
        }
    }

    /// Adds a row.
    pub fn write(&mut self, reject: &Reject) -> io::Result<()> {
        let csv = match &mut self.csv {
            Some(csv) => csv,
            empty => {
                let mut csv = csv::Writer::from_writer(File::create(&self.path)?);
                csv.write_record(["line", "reason", "row"])?;
                empty.insert(csv)
            }
        };
        let (line, reason) = (reject.line.to_string(), reject.reason.to_string());
        Ok(csv.write_record([line.as_str(), reason.as_str(), reject.text.as_str()])?)
    }

    /// Writes out what is still in memory.
    pub fn flush(&mut self) -> io::Result<()> {
        self.csv.as_mut().map_or(Ok(()), csv::Writer::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Reason;
    use super::*;

    #[test]
    fn a_reject_keeps_its_row_word_for_word() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let mut rejects = RejectsFile::at(path.clone()).unwrap();
        let text = "\"a,b\";\"c\"".to_owned();
        let reason = Reason::Ragged { found: 2, expected: 3 };
        rejects.write(&Reject { line: 7, reason, text }).unwrap();
        rejects.flush().unwrap();
        assert_eq!(
            std::fs::read_to_string(path).unwrap(),
            "line,reason,row\n7,\"the row has 2 values, but there are 3 columns\",\
             \"\"\"a,b\"\";\"\"c\"\"\"\n"
        );
    }

    #[test]
    fn without_rejects_there_is_no_file_not_even_an_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        std::fs::write(&path, "old").unwrap();
        RejectsFile::at(path.clone()).unwrap().flush().unwrap();
        assert!(!path.exists());
    }
}
