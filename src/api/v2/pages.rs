//! Lists, a page at a time. Their size is not published, and today there may be one page (facts 24, 40).

use std::collections::HashSet;

use serde::{Deserialize, Deserializer};

use crate::api::failure::{Cause, Failure};
use crate::api::fork_list::{self, ForkList, Keys};
use crate::api::transport::{Request, Transport};
use crate::names::{Database, percent_encode};

use super::{check, database_path, not_as_documented};

/// The list of `GET …/forks`.
const FORK_KEYS: Keys = Keys { list: "data", owner: "owner", name: "name" };
/// A page, and all of a list.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// A list that never ends is given up after so many pages.
const MAX_PAGES: usize = 100_000;

#[derive(Deserialize)]
struct ForksResponse {
    data: Listed,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    next_page_token: Option<String>,
}

/// How many forks a page holds; they are read from its text when they are needed.
struct Listed(usize);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        fork_list::check(list, &FORK_KEYS).map(Listed)
    }
}

/// A page of forks.
pub struct Page {
    text: String,
    len: usize,
    request: String,
    next: Option<String>,
}

#[cfg(test)]
impl Page {
    /// A page with this text.
    pub fn of(text: &str, len: usize, next: Option<&str>) -> Self {
        Page { text: text.to_owned(), len, request: String::new(), next: next.map(str::to_owned) }
    }
}

/// `GET /databases/{owner}/{database}/forks`: a page of the immediate forks (fact 23).
///
/// # Errors
/// See [`Failure`]; a database that is unknown or hidden is refused with 404.
pub fn forks_page(transport: &Transport, database: &Database, token: Option<&str>) -> Result<Page, Failure> {
    let query = token.map(|token| format!("?page_token={}", percent_encode(token))).unwrap_or_default();
    let path = format!("{}/forks{query}", database_path(database));
    let response = transport.send(Request::get(&path, MAX_BYTES))?;
    check(&response)?;
    let page: ForksResponse = response.json().map_err(|why| not_as_documented(&response, &why))?;
    let (Listed(len), request) = (page.data, response.request);
    let next = page.meta.and_then(|meta| meta.next_page_token).filter(|token| !token.is_empty());
    let text = String::from_utf8(response.body).expect("it was read as text just now");
    Ok(Page { text, len, request, next })
}

/// The pages of a list so far.
pub struct Pages {
    list: ForkList,
    tokens: HashSet<String>,
    bytes: u64,
}

impl Default for Pages {
    fn default() -> Self {
        Pages { list: ForkList::empty(&FORK_KEYS), tokens: HashSet::new(), bytes: 0 }
    }
}

impl Pages {
    /// Takes a page. Returns the token of the next one; none where this was the last.
    ///
    /// # Errors
    /// Where the list would not end: a token comes again, or there are too many pages.
    pub fn push(&mut self, page: Page) -> Result<Option<String>, Failure> {
        self.bytes += page.text.len() as u64;
        self.list.push(page.text, page.len);
        let Some(token) = page.next else { return Ok(None) };
        let endless = |why: &str| {
            Err(Failure::new(
                Cause::InvalidResponse,
                format!("the list of forks does not end: {why}"),
                page.request.clone(),
            ))
        };
        if self.bytes > MAX_BYTES {
            return endless("it is longer than 64 MiB");
        }
        if self.tokens.len() >= MAX_PAGES {
            return endless("it has more than 100,000 pages");
        }
        if !self.tokens.insert(token.clone()) {
            return endless("a page token is repeated");
        }
        Ok(Some(token))
    }

    /// All of the list.
    pub fn into_list(self) -> ForkList {
        self.list
    }
}
