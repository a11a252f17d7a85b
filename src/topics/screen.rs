//! A topic as plain text.

use super::markdown::{Block, blocks};

/// Between two columns.
const GAP: usize = 2;

/// A text for a terminal with so many columns.
pub fn render(markdown: &str, width: usize) -> String {
    let mut text = String::new();
    let mut after_item = false;
    for block in blocks(markdown) {
        let is_item = matches!(block, Block::Item(_));
        let is_apart = !(is_item && after_item);
        if is_apart && !text.is_empty() {
            text.push('\n');
        }
        after_item = is_item;
        match block {
            Block::Paragraph(line) => push_lines(&mut text, "", "", &wrap(&line, width)),
            Block::Item(line) => push_lines(&mut text, "- ", "  ", &wrap(&line, width.saturating_sub(2))),
            Block::Code(lines) => push_lines(&mut text, "  ", "  ", &lines),
            Block::Table { header, rows } => table(&mut text, &header, &rows, width),
        }
    }
    text
}

fn push_lines(text: &mut String, first: &str, others: &str, lines: &[impl AsRef<str>]) {
    for (number, line) in lines.iter().enumerate() {
        let line = format!("{}{}", if number == 0 { first } else { others }, line.as_ref());
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// The lines of a text that is broken between words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Appends a table: its columns side by side where they fit, else one cell below the other.
fn table(text: &mut String, header: &[&str], rows: &[Vec<&str>], width: usize) {
    let header: Vec<String> = header.iter().map(|cell| cell.to_uppercase()).collect();
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.replace('`', "")).collect()).collect();
    match widths(&header, &rows, width) {
        Some(widths) => {
            for row in std::iter::once(&header).chain(&rows) {
                push_row(text, row, &widths);
            }
        }
        None => {
            for row in &rows {
                for (number, cell) in row.iter().enumerate() {
                    let indent = if number == 0 { "" } else { "    " };
                    push_lines(text, indent, indent, &wrap(cell, width.saturating_sub(indent.len())));
                }
            }
        }
    }
}

/// How wide each column is, so that together they fit; none where a word would have to be broken.
fn widths(header: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let cells = |column: usize| {
        std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).filter_map(move |row| row.get(column))
    };
    let longest_word = |cell: &String| cell.split_whitespace().map(length).max().unwrap_or(0);
    let columns = 0..header.len();
    let least: Vec<usize> =
        columns.clone().map(|column| cells(column).map(longest_word).max().unwrap_or(0)).collect();
    let mut widths: Vec<usize> =
        columns.map(|column| cells(column).map(|cell| length(cell)).max().unwrap_or(0)).collect();
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let narrower = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
        *narrower.max_by_key(|(width, _)| **width)?.0 -= 1;
    }
    Some(widths)
}

fn push_row(text: &mut String, row: &[String], widths: &[usize]) {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for number in 0..height {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(number).map(String::as_str).unwrap_or_default();
            line.push_str(&format!("{part:<0$}", width + GAP));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "| key | what |\n| --- | --- |\n| `host` | the one to talk to |\n| `x` | |\n";

    #[test]
    fn columns_are_aligned_and_the_widest_is_broken_between_words() {
        assert_eq!(render(TABLE, 80), "KEY   WHAT\nhost  the one to talk to\nx\n");
        assert_eq!(render(TABLE, 16), "KEY   WHAT\nhost  the one to\n      talk to\nx\n");
    }

    #[test]
    fn where_a_word_does_not_fit_cells_stand_below_each_other() {
        let text = render("| a | b |\n| - | - |\n| long-name | longer-word too |\n", 16);
        assert_eq!(text, "long-name\n    longer-word\n    too\n");
    }

    #[test]
    fn prose_is_wrapped_and_code_is_left_alone() {
        let text = render("One two\nthree.\n\n- `a` or b\n- c\n\n```toml\nx = \"a long line\"\n```\n", 9);
        assert_eq!(text, "One two\nthree.\n\n- `a` or\n  b\n- c\n\n  x = \"a long line\"\n");
    }

    #[test]
    fn no_width_is_too_small() {
        for width in 0..20 {
            assert!(!render(TABLE, width).is_empty());
        }
    }
}
