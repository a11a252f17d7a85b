//! Passwords in addresses, which nothing repeats.

use std::borrow::Cow;

/// What separates a user and a password from a host, also as the URL library reads it.
const AT_SIGNS: [&str; 4] = ["@", "\u{ff20}", "\u{fe6b}", "%40"];

/// What a user gave as an argument or a value, without a password in an address: `https://[password]@host/x`.
pub fn without_password(text: &str) -> Cow<'_, str> {
    let at = AT_SIGNS.iter().filter_map(|sign| text.rfind(sign)).max();
    let Some(at) = at else { return Cow::Borrowed(text) };
    let start = text.find("://").map_or(0, |scheme| scheme + 3);
    let (start, has_scheme) = if start <= at { (start, start > 0) } else { (0, false) };
    let user = text.get(start..at).unwrap_or_default();
    if user.contains(':') || (has_scheme && !user.is_empty()) {
        let (scheme, rest) = (text.get(..start).unwrap_or_default(), text.get(at..).unwrap_or_default());
        return Cow::Owned(format!("{scheme}[password]{rest}"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_hidden_however_it_is_written() {
        for (text, safe) in [
            ("https://user:pw@host/repositories/a/b", "https://[password]@host/repositories/a/b"),
            ("https://pw@host", "https://[password]@host"),
            ("user:pw@host/a/b", "[password]@host/a/b"),
            ("https:user:pw@host", "[password]@host"),
            ("https://user:p@s/w@host", "https://[password]@host"),
            ("https://user:pw%40host", "https://[password]%40host"),
            ("https://user:pw\u{ff20}host", "https://[password]\u{ff20}host"),
            ("--host=https://user:pw@host", "--host=https://[password]@host"),
            ("user:pw@x://y", "[password]@x://y"),
        ] {
            assert_eq!(without_password(text), safe);
        }
        for text in ["@owner/name", "owner/name@x", "https://host/a/b", "", "git@host:a/b"] {
            assert_eq!(without_password(text), text);
        }
    }
}
