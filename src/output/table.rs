//! A table that fits the terminal: the last column goes first, and a name is never broken.

use comfy_table::{ContentArrangement, Table, TableStyle, presets};

use super::escape;

/// Renders `rows` under `header`, without the second column where both do not fit into `width` columns.
pub fn two_columns(header: [&str; 2], rows: &[[&str; 2]], width: usize, utf8: bool) -> String {
    let both = render(&header, rows.iter().map(|row| row.as_slice()), utf8);
    if both.lines().all(|line| console::measure_text_width(line) <= width) {
        return both;
    }
    render(&header[..1], rows.iter().map(|row| &row[..1]), utf8)
}

fn render<'a>(header: &[&str], rows: impl Iterator<Item = &'a [&'a str]>, utf8: bool) -> String {
    let mut table = Table::new();
    table
        .load_style(style(utf8))
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header.iter().copied())
        .add_rows(rows.map(|row| row.iter().map(|cell| escape::field(cell)).collect::<Vec<_>>()));
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    if let Some(second) = table.column_mut(1) {
        second.set_padding((0, 0));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

/// A line under the header and nothing else, so that names can be picked up with the mouse.
fn style(utf8: bool) -> TableStyle {
    let line = if utf8 { '─' } else { '-' };
    presets::NOTHING.header_separator(comfy_table::LineStyle::none().fill(line).junction(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [[&str; 2]; 2] = [
        [
            "anotherOrg/museum-collections",
            "https://www.dolthub.com/repositories/anotherOrg/museum-collections",
        ],
        ["taylor/museum-collections", "https://www.dolthub.com/repositories/taylor/museum-collections"],
    ];

    #[test]
    fn both_columns_stand_where_they_fit() {
        let table = two_columns(["DATABASE", "URL"], &ROWS, 120, true);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "DATABASE                       URL");
        assert!(lines[1].starts_with("────"), "{table}");
        assert_eq!(lines[2], format!("{}  {}", ROWS[0][0], ROWS[0][1]));
        assert_eq!(lines[3], format!("{}      {}", ROWS[1][0], ROWS[1][1]));
    }

    #[test]
    fn the_url_goes_first_and_the_name_is_never_broken() {
        for width in [60, 10, 1] {
            let table = two_columns(["DATABASE", "URL"], &ROWS, width, true);
            assert!(!table.contains("https://"), "{table}");
            assert!(table.contains("anotherOrg/museum-collections\n"), "{table}");
        }
    }

    #[test]
    fn without_utf8_lines_are_ascii() {
        assert!(two_columns(["DATABASE", "URL"], &ROWS, 120, false).is_ascii());
    }

    #[test]
    fn a_hostile_name_stays_in_its_cell() {
        let table = two_columns(["A", "B"], &[["x\n\ty\u{1b}[2J", "z"]], 80, true);
        assert_eq!(table.lines().count(), 3);
        assert!(!table.contains('\u{1b}'));
    }
}
