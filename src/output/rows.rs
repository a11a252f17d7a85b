//! Rows of tab-separated fields, for pipes. A name from a server can make neither a new field nor a new line.

use std::io::{self, Write};

use crate::names::{Host, is_unreserved, push_page};

use super::escape;

/// Rows are written in pieces of this size.
const BUFFER: usize = 64 * 1024;

/// Writes rows a field at a time.
pub struct Rows<'a> {
    out: &'a mut dyn Write,
    text: String,
    /// Whether the row has a field.
    has_field: bool,
}

impl<'a> Rows<'a> {
    /// Rows that are written to `out`.
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Rows { out, text: String::with_capacity(BUFFER + 1024), has_field: false }
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
        self.separate();
        escape::push_field(&mut self.text, text);
    }

    /// The next field, holding a database's `owner/name`.
    pub fn database(&mut self, (owner, name): (&str, &str)) {
        self.separate();
        escape::push_field(&mut self.text, owner);
        self.text.push('/');
        escape::push_field(&mut self.text, name);
    }

    /// The next two fields: a database's `owner/name` and its page, which is percent-encoded.
    pub fn database_and_page(&mut self, (owner, name): (&str, &str), host: &Host) {
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
        self.text.push('\n');
        self.has_field = false;
        if self.text.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    /// Writes the rows that are still in memory.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    fn separate(&mut self) {
        if self.has_field {
            self.text.push('\t');
        }
        self.has_field = true;
    }
}
