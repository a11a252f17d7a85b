//! As much Markdown as the topics are written in: paragraphs, lists, tables, code.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// A paragraph, on one line.
    Paragraph(String),
    /// An item of a list, on one line.
    Item(String),
    /// A table; each row has as many cells as the header.
    Table {
        /// What its columns are called.
        header: Vec<&'a str>,
        /// What stands below.
        rows: Vec<Vec<&'a str>>,
    },
    /// Code, line by line.
    Code(Vec<&'a str>),
}

/// The parts of a text.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            blocks.push(Block::Code(lines.by_ref().take_while(|line| !line.starts_with("```")).collect()));
        } else if line.starts_with('|') {
            let header = cells(line);
            // The line of dashes.
            lines.next();
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            blocks.push(Block::Table { header, rows });
        } else if !line.is_empty() {
            let item = line.strip_prefix("- ");
            let mut text = item.unwrap_or(line).to_owned();
            while let Some(more) = lines.next_if(|line| goes_on(line)) {
                text.push(' ');
                text.push_str(more.trim_start());
            }
            blocks.push(if item.is_some() { Block::Item(text) } else { Block::Paragraph(text) });
        }
    }
    blocks
}

/// Whether a line belongs to the paragraph or the item above it.
fn goes_on(line: &str) -> bool {
    !line.is_empty() && !["- ", "|", "```"].iter().any(|start| line.starts_with(start))
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// The pieces of a line, with whether each is code.
pub fn spans(line: &str) -> impl Iterator<Item = (&str, bool)> {
    line.split('`')
        .enumerate()
        .map(|(number, piece)| (piece, number % 2 == 1))
        .filter(|(piece, _)| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_told_from_the_others() {
        let text = "One\n`two`.\n\n| a | b |\n| --- | --- |\n| `x` | |\n\n- first\n  goes on\n- second\n\n```toml\na = 1\n\nb\n```\n";
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph("One `two`.".into()),
                Block::Table { header: vec!["a", "b"], rows: vec![vec!["`x`", ""]] },
                Block::Item("first goes on".into()),
                Block::Item("second".into()),
                Block::Code(vec!["a = 1", "", "b"]),
            ]
        );
    }

    #[test]
    fn code_is_told_from_words() {
        let pieces: Vec<_> = spans("`--wait`: waits for `a`").collect();
        assert_eq!(pieces, [("--wait", true), (": waits for ", false), ("a", true)]);
    }
}
