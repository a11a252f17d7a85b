//! A table that fits the terminal: the last column goes first, and a name is never broken.

use comfy_table::{ContentArrangement, Table, TableStyle, presets};
use unicode_width::UnicodeWidthStr;

use super::{Style, escape};

/// Renders databases with their pages under a header; where both do not fit, the names alone, as links where the terminal
/// shows them.
pub fn databases(rows: &[[&str; 2]], style: Style) -> String {
    let table = render(["DATABASE", "URL"], rows, style.utf8);
    if table.lines().all(|line| line.width() <= style.width) {
        return table;
    }
    rows.iter().map(|[name, url]| format!("{}\n", style.link(escape::field(name), url))).collect()
}

fn render(header: [&str; 2], rows: &[[&str; 2]], utf8: bool) -> String {
    let mut table = Table::new();
    table
        .load_style(ruled(utf8))
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header)
        .add_rows(rows.iter().map(|row| row.map(escape::field)));
    for (column, padding) in [(0, (0, 1)), (1, (0, 0))] {
        table.column_mut(column).expect("there are two").set_padding(padding);
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

/// A line under the header and nothing else, so that names can be picked up with the mouse.
fn ruled(utf8: bool) -> TableStyle {
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

    const STYLE: Style = Style { width: 120, utf8: true, color: true, links: false, several: false };

    #[test]
    fn both_columns_stand_where_they_fit() {
        let table = databases(&ROWS, STYLE);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "DATABASE                       URL");
        assert!(lines[1].starts_with("────"), "{table}");
        assert_eq!(lines[2], format!("{}  {}", ROWS[0][0], ROWS[0][1]));
        assert_eq!(lines[3], format!("{}      {}", ROWS[1][0], ROWS[1][1]));
    }

    #[test]
    fn where_the_url_does_not_fit_there_are_names_and_none_is_broken() {
        for width in [95, 60, 10, 1] {
            let list = databases(&ROWS, Style { width, ..STYLE });
            assert_eq!(list, "anotherOrg/museum-collections\ntaylor/museum-collections\n");
        }
    }

    #[test]
    fn names_without_urls_are_links_where_the_terminal_shows_them() {
        let list = databases(&ROWS[..1], Style { width: 60, links: true, ..STYLE });
        let [name, url] = ROWS[0];
        assert_eq!(list, format!("\x1b]8;;{url}\x1b\\{name}\x1b]8;;\x1b\\\n"));
        assert!(!databases(&ROWS, Style { links: true, ..STYLE }).contains('\x1b'));
    }

    #[test]
    fn without_utf8_lines_are_ascii() {
        assert!(databases(&ROWS, Style { utf8: false, ..STYLE }).is_ascii());
    }

    #[test]
    fn a_hostile_name_stays_in_its_cell() {
        let table = databases(&[["x\n\ty\u{1b}[2J", "z"]], STYLE);
        assert_eq!(table.lines().count(), 3);
        assert!(!table.contains('\u{1b}'));
    }
}
