//! What a web page that came instead of the API's JSON is about: its title, never its markup.

/// More of a title says nothing new.
const MOST_CHARS: usize = 100;
/// A page has its title near its start.
const MOST_BYTES: usize = 64 * 1024;

/// The title of a page in HTML, as plain text on one line; none where there is none.
///
/// It is what a server said, and is escaped where it is shown.
pub fn title(body: &[u8]) -> Option<String> {
    let body = body.get(..MOST_BYTES).unwrap_or(body);
    let page = String::from_utf8_lossy(body);
    // ASCII letters only change their case, so that offsets stay the same.
    let lower = page.to_ascii_lowercase();
    let tag = lower.find("<title")?;
    let start = tag + lower.get(tag..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let text = plain(page.get(start..end)?);
    (!text.is_empty()).then_some(text)
}

/// The usual entities replaced, white space made single, and not too long.
fn plain(markup: &str) -> String {
    let mut text = markup.split_whitespace().collect::<Vec<_>>().join(" ");
    // The ampersand last, so that nothing is replaced twice.
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    if let Some((end, _)) = text.char_indices().nth(MOST_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_found_in_any_case_and_made_one_line() {
        for (page, expected) in [
            ("<html><head><title>502 Bad Gateway</title>", "502 Bad Gateway"),
            ("<TITLE lang=en>\n  Just a\n moment &amp; &lt;more&gt;…\n</Title >", "Just a moment & <more>…"),
            ("<title>&amp;lt;</title>", "&lt;"),
        ] {
            assert_eq!(title(page.as_bytes()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_page_without_a_whole_title_has_none() {
        for page in
            ["", "{}", "<title", "<title>", "<title>never closed", "<title> </title>", "</title><title>"]
        {
            assert_eq!(title(page.as_bytes()), None, "{page:?}");
        }
        assert_eq!(title(b"<title>\xff\xfe</title>").as_deref(), Some("\u{fffd}\u{fffd}"));
        let late = format!("{}<title>late</title>", "x".repeat(MOST_BYTES));
        assert_eq!(title(late.as_bytes()), None);
    }

    #[test]
    fn a_long_title_is_cut() {
        let page = format!("<title>{}</title>", "ü".repeat(500));
        assert_eq!(title(page.as_bytes()), Some(format!("{}…", "ü".repeat(MOST_CHARS))));
    }
}
