//! What a request is about, to compare its response with.

use crate::api::failure::Failure;
use crate::api::response::Response;
use crate::names::Database;

/// What a request is about, which its response may repeat.
#[derive(Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The database.
    pub database: Option<&'a Database>,
    /// The owner of a fork, or an operation.
    pub other: &'a str,
}

impl<'a> From<&'a Database> for Subject<'a> {
    fn from(database: &'a Database) -> Self {
        Subject { database: Some(database), other: "" }
    }
}

impl Subject<'_> {
    /// All names in the request.
    pub fn names(&self) -> [&str; 4] {
        let (owner, name) = self.database.map_or(("", ""), Database::parts);
        // A service may spell an operation with another prefix.
        let last_segment = self.other.rsplit('/').next().unwrap_or_default();
        [owner, name, self.other, last_segment]
    }

    /// Checks what a response says that it is about; what is empty or absent is not said. A service may spell a name in its
    /// own case.
    ///
    /// # Errors
    /// Where it is about another database.
    pub fn check(
        &self,
        response: &Response,
        (owner, name): (Option<&str>, Option<&str>),
    ) -> Result<(), Failure> {
        let Some(requested) = self.database else { return Ok(()) };
        let said = |text: Option<&str>, requested: &str| {
            text.filter(|text| !text.is_empty()).unwrap_or(requested).to_owned()
        };
        let found = Database::new(said(owner, &requested.owner), said(name, &requested.name));
        if found.is_same_as(requested) { Ok(()) } else { Err(response.unrelated(&found, requested)) }
    }
}
