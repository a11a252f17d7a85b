//! Rows of fields: tab-separated for pipes, comma-separated, as a Markdown table, or the first fields alone. A name from a
//! server can make neither a new field nor a new line.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::names::{Host, is_unreserved, push_page};
use crate::token::KnownToken;

use super::{escape, markdown, redact};

/// Rows are written in pieces of this size.
const BUFFER: usize = 64 * 1024;

/// Writes rows a field at a time.
pub struct Rows<'a> {
    form: Form<'a>,
    text: String,
    /// How many fields the row has.
    fields: usize,
}

enum Form<'a> {
    Tabs(&'a mut dyn Write),
    Names(&'a mut dyn Write),
    Markdown(&'a mut dyn Write),
    Commas(Box<Commas<'a>>),
}

struct Commas<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    record: csv::StringRecord,
    token: KnownToken,
}

impl<'a> Rows<'a> {
    /// Tab-separated rows that are written to `out`.
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Rows::of(Form::Tabs(out))
    }

    /// The first field of each row on a line of its own.
    pub(super) fn names(out: &'a mut dyn Write) -> Self {
        Rows::of(Form::Names(out))
    }

    /// The lines of a Markdown table.
    pub(super) fn markdown(out: &'a mut dyn Write) -> Self {
        Rows::of(Form::Markdown(out))
    }

    /// Comma-separated rows. The token is hidden here, since a quote in it is doubled in the row.
    pub(super) fn csv(out: &'a mut dyn Write, token: &KnownToken) -> Self {
        let writer = csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(out);
        let commas = Commas { writer, record: csv::StringRecord::new(), token: token.clone() };
        Rows::of(Form::Commas(Box::new(commas)))
    }

    fn of(form: Form<'a>) -> Self {
        Rows { form, text: String::with_capacity(BUFFER + 1024), fields: 0 }
    }

    /// What the columns are called, where this form says so.
    pub(super) fn header(&mut self, columns: &[&str]) -> io::Result<()> {
        match self.form {
            Form::Tabs(_) | Form::Names(_) => Ok(()),
            Form::Commas(_) => self.row(columns),
            Form::Markdown(_) => {
                self.row(columns)?;
                self.text.push_str(&format!("|{}\n", " --- |".repeat(columns.len())));
                Ok(())
            }
        }
    }

    /// One row of these fields.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn row(&mut self, fields: &[&str]) -> io::Result<()> {
        fields.iter().for_each(|field| self.field(field));
        self.end()
    }

    /// The next field.
    pub fn field(&mut self, text: &str) {
        match &mut self.form {
            Form::Tabs(_) => {
                self.separate();
                return escape::push_field(&mut self.text, text);
            }
            Form::Names(_) if self.fields == 0 => escape::push_field(&mut self.text, text),
            Form::Names(_) => {}
            Form::Markdown(_) => {
                self.text.push_str(if self.fields == 0 { "| " } else { " | " });
                markdown::push_cell(&mut self.text, text);
            }
            Form::Commas(commas) => {
                let text = redact::cell(text, &commas.token);
                commas.record.push_field(&without_formula(escape::field(&text)));
            }
        }
        self.fields += 1;
    }

    /// The next field, holding a database's `owner/name`.
    pub fn database(&mut self, (owner, name): (&str, &str)) {
        if !matches!(self.form, Form::Tabs(_)) {
            return self.field(&format!("{owner}/{name}"));
        }
        self.separate();
        escape::push_field(&mut self.text, owner);
        self.text.push('/');
        escape::push_field(&mut self.text, name);
    }

    /// The next two fields: a database's `owner/name` and its page, which is percent-encoded.
    pub fn database_and_page(&mut self, (owner, name): (&str, &str), host: &Host) {
        if !matches!(self.form, Form::Tabs(_)) {
            self.database((owner, name));
            let mut page = String::new();
            push_page(&mut page, host, (owner, name));
            return self.field(&page);
        }
        if !(is_unreserved(owner) && is_unreserved(name)) {
            self.database((owner, name));
            self.separate();
            return push_page(&mut self.text, host, (owner, name));
        }
        // As nearly every name is: neither column needs an escape.
        self.separate();
        for part in [owner, "/", name, "\t", host.base(), "/repositories/", owner, "/", name] {
            self.text.push_str(part);
        }
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub fn end(&mut self) -> io::Result<()> {
        self.fields = 0;
        match &mut self.form {
            Form::Commas(commas) => {
                let written = commas.writer.write_record(&commas.record);
                commas.record.clear();
                return written.map_err(io_error);
            }
            Form::Markdown(_) => self.text.push_str(" |\n"),
            Form::Tabs(_) | Form::Names(_) => self.text.push('\n'),
        }
        if self.text.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    /// Writes the rows that are still in memory.
    ///
    /// # Errors
    /// When stdout is closed or full.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.form {
            Form::Commas(commas) => commas.writer.flush()?,
            Form::Tabs(out) | Form::Names(out) | Form::Markdown(out) => {
                out.write_all(self.text.as_bytes())?
            }
        }
        self.text.clear();
        Ok(())
    }

    fn separate(&mut self) {
        if self.fields > 0 {
            self.text.push('\t');
        }
        self.fields += 1;
    }
}

/// The error of the stream itself, so that a closed pipe is one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A spreadsheet would run what begins like a formula: an apostrophe makes it text.
fn without_formula(text: Cow<'_, str>) -> Cow<'_, str> {
    const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if text.trim_start().starts_with(STARTS) { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::token::Token;

    const HOSTILE: &str = "a\t|`\"b\r\nc,<d>\u{1b}";

    fn written(
        make: impl for<'a> FnOnce(&'a mut (dyn Write + 'a)) -> Rows<'a>,
        rows: &[[&str; 2]],
    ) -> String {
        let mut out = Vec::new();
        let mut written = make(&mut out);
        written.header(&["database", "url"]).unwrap();
        rows.iter().for_each(|row| written.row(row).unwrap());
        written.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn csv(rows: &[[&str; 2]]) -> String {
        written(|out| Rows::csv(out, &KnownToken::default()), rows)
    }

    #[test]
    fn each_form_keeps_a_hostile_name_in_its_place() {
        let rows = [[HOSTILE, "u"], ["", "v"]];
        assert_eq!(written(|out| Rows::new(out), &rows), "a\\t|`\"b\\r\\nc,<d>\\u{1b}\tu\n\tv\n");
        assert_eq!(written(|out| Rows::names(out), &rows), "a\\t|`\"b\\r\\nc,<d>\\u{1b}\n\n");
        assert_eq!(csv(&rows), "database,url\n\"a\\t|`\"\"b\\r\\nc,<d>\\u{1b}\",u\n,v\n");
        assert_eq!(
            written(|out| Rows::markdown(out), &rows),
            "| database | url |\n| --- | --- |\n| a\\\\t\\|\\`\"b\\\\r\\\\nc,&lt;d&gt;\\\\u{1b} | u |\n|  | v |\n"
        );
    }

    #[test]
    fn no_field_of_csv_is_a_formula() {
        for start in ["=", "+", "-", "@", " =", "＝"] {
            let name = format!("{start}HYPERLINK(1)/x");
            assert_eq!(csv(&[[&name, "1"]]), format!("database,url\n'{name},1\n"));
        }
        assert_eq!(csv(&[["a-b/c", "'"]]), "database,url\na-b/c,'\n");
    }

    #[test]
    fn a_token_with_a_quote_is_hidden_in_csv_too() {
        let known = KnownToken::default();
        known.set(&Token::parse("secret\"of,the\"user").unwrap());
        let text = written(|out| Rows::csv(out, &known), &[["x secret\"of,the\"user y", "u"]]);
        assert!(!text.contains("secret"), "{text}");
        assert_eq!(text.lines().count(), 2);
    }

    proptest! {
        #[test]
        fn csv_reads_back_with_as_many_rows_and_fields(rows in vec(("(?s).{0,8}|[,\"\n\r =]{0,6}", "(?s).{0,8}"), 0..5)) {
            let given: Vec<[&str; 2]> = rows.iter().map(|(one, two)| [one.as_str(), two]).collect();
            let text = csv(&given);
            prop_assert_eq!(text.lines().count(), rows.len() + 1);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(read.len(), rows.len());
            for (record, (one, _)) in read.iter().zip(&rows) {
                prop_assert_eq!(record.len(), 2);
                let shown = escape::field(one);
                let read = record.get(0).unwrap_or_default();
                prop_assert_eq!(read.trim_start_matches('\''), shown.trim_start_matches('\''));
            }
        }
    }
}
