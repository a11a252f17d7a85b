//! `api`

use std::io::{self, Write};

use super::View;
use crate::json::Document;
use crate::output::{Rows, Style, escape};

/// A response of the API, as it came.
pub struct ResponseView {
    /// Its status line and headers, where they are wanted.
    head: Option<String>,
    /// Its body.
    document: Document<String>,
    /// Whether the service refused with it.
    is_refusal: bool,
}

impl ResponseView {
    /// A response with this body; none where that is no JSON.
    pub fn new(head: Option<&str>, body: Vec<u8>, is_refusal: bool) -> Option<Self> {
        let document = Document::parse(String::from_utf8(body).ok()?).ok()?;
        Some(ResponseView { head: head.map(safe_head), document, is_refusal })
    }
}

/// A status line and headers, with an empty line after them. They touch no terminal.
pub fn safe_head(head: &str) -> String {
    let lines = head.lines().map(|line| format!("{}\n", escape::line(line)));
    lines.chain(["\n".to_owned()]).collect()
}

impl View for ResponseView {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        self.document.compact(|piece| escape::write_json(out, piece))
    }

    fn rows(&self, _: &mut Rows<'_>) -> io::Result<()> {
        Ok(())
    }

    fn columns(&self) -> &'static [&'static str] {
        &[]
    }

    fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    fn is_document(&self) -> bool {
        true
    }

    fn is_refusal(&self) -> bool {
        self.is_refusal
    }

    fn lines(&self, text: &mut String, _: Style) {
        let push = |piece: &str| {
            // Only a string holds anything that is harmful, and a line break is none here.
            let piece = if piece.starts_with('"') { escape::json(piece) } else { piece.into() };
            text.push_str(&piece);
            Ok(())
        };
        // Writing to memory cannot fail.
        let _ = self.document.pretty(push);
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    const STYLE: Style = Style { width: 80, utf8: true, color: false, links: false, several: false };

    #[test]
    fn a_body_is_one_line_in_a_pipe_and_indented_on_a_terminal() {
        let body = "{ \"b\": 1.10,\r\n \"a\": [\"\u{9b}2J\u{202e}ü\u{7f}\"] }\n";
        let view = ResponseView::new(None, body.as_bytes().to_vec(), false).unwrap();
        assert_eq!(json(&view), r#"{"b":1.10,"a":["\u009b2J\u202eü\u007f"]}"#);
        let mut lines = String::new();
        view.lines(&mut lines, STYLE);
        assert_eq!(lines, "{\n  \"b\": 1.10,\n  \"a\": [\n    \"\\u009b2J\\u202eü\\u007f\"\n  ]\n}\n");
        for body in ["", "<html>", "{}{}", "\u{feff}{}"] {
            assert!(ResponseView::new(None, body.as_bytes().to_vec(), false).is_none(), "{body}");
        }
        assert!(ResponseView::new(None, b"\"\xff\"".to_vec(), false).is_none());
    }

    #[test]
    fn a_head_touches_no_terminal_and_ends_in_an_empty_line() {
        let head = "HTTP/1.1 200 OK\nx: \u{9b}2J\u{1b}[31mü\ta\n";
        let view = ResponseView::new(Some(head), b"1".to_vec(), false).unwrap();
        assert_eq!(view.head(), Some("HTTP/1.1 200 OK\nx: \\u{9b}2J\\u{1b}[31mü a\n\n"));
    }
}
