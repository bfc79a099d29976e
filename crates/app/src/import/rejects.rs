//! The rejects file: every row that did not become a lead, with the reason.

use std::io::Write;

use super::rows::Reject;

/// Writes rejects as CSV: the line of the row, the reason, and the row as it stood in the file.
pub struct Rejects<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Rejects<W> {
    /// Writes the header; made when there is something to write.
    pub fn begin(file: W) -> csv::Result<Self> {
        let mut csv = csv::Writer::from_writer(file);
        csv.write_record(["line", "reason", "row"])?;
        Ok(Self { csv })
    }

    /// Adds one.
    pub fn write(&mut self, reject: &Reject) -> csv::Result<()> {
        let (line, reason) = (reject.line.to_string(), reject.reason.to_string());
        self.csv.write_record([line.as_str(), reason.as_str(), reject.text.as_str()])
    }

    /// Writes out what is still in memory.
    pub fn finish(mut self) -> csv::Result<()> {
        Ok(self.csv.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Reason;
    use super::*;

    #[test]
    fn a_reject_keeps_its_row_word_for_word() {
        let mut file = Vec::new();
        let mut rejects = Rejects::begin(&mut file).unwrap();
        let text = "\"a,b\";\"c\"".to_owned();
        let reason = Reason::Ragged { found: 2, expected: 3 };
        rejects.write(&Reject { line: 7, reason, text }).unwrap();
        rejects.finish().unwrap();
        assert_eq!(
            String::from_utf8(file).unwrap(),
            "line,reason,row\n7,\"the row has 2 values, but there are 3 columns\",\
             \"\"\"a,b\"\";\"\"c\"\"\"\n"
        );
    }
}
