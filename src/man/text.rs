//! What pages are made of, in roff.

use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::Reference;
use crate::topics::markdown::{Block, blocks, spans};

/// Begins a section.
pub fn section(roff: &mut Roff, title: &str) {
    roff.control("SH", [title]);
}

/// Appends Markdown.
pub fn markdown(roff: &mut Roff, text: &str) {
    for (number, block) in blocks(text).into_iter().enumerate() {
        let is_first = number == 0;
        match block {
            Block::Paragraph(line) => {
                if !is_first {
                    roff.control("PP", []);
                }
                roff.text(inlines(&line));
            }
            Block::Item(line) => {
                roff.control("IP", ["\\(bu", "2"]);
                roff.text(inlines(&line));
            }
            Block::Code(lines) => {
                roff.control("PP", []);
                roff.control("RS", ["4"]);
                literal(roff, lines);
                roff.control("RE", []);
            }
            Block::Table { header, rows } => table(roff, &header, &rows),
        }
    }
}

/// Appends the table of a text alone.
pub fn table_of(roff: &mut Roff, text: &str) {
    for block in blocks(text) {
        if let Block::Table { header, rows } = block {
            table(roff, &header, &rows);
        }
    }
}

/// A list of what stands in the first column, each with the others below. They are named by the header, but for the one that
/// holds the prose.
fn table(roff: &mut Roff, header: &[&str], rows: &[Vec<&str>]) {
    let length =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.len()).sum::<usize>();
    let prose = (1..header.len()).max_by_key(|&column| length(column));
    for row in rows {
        let cells: Vec<(usize, &str)> =
            row.iter().copied().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        roff.control("TP", []);
        for (place, &(column, cell)) in cells.iter().enumerate() {
            if place > 1 {
                roff.control("br", []);
            }
            match header.get(column) {
                _ if column == 0 => roff.text([bold(cell.replace('`', ""))]),
                Some(name) if Some(column) != prose => {
                    let label = roman(format!("{}: ", capitalized(name)));
                    roff.text(std::iter::once(label).chain(inlines(cell)).collect::<Vec<_>>())
                }
                _ => roff.text(inlines(cell)),
            };
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(characters).collect()
}

/// Appends lines as they are.
pub fn literal<'a>(roff: &mut Roff, lines: impl IntoIterator<Item = &'a str>) {
    roff.control("nf", []);
    for line in lines {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

/// The pieces of a line: code is bold.
pub fn inlines(line: &str) -> Vec<Inline> {
    spans(line).map(|(piece, is_code)| if is_code { bold(piece) } else { roman(piece) }).collect()
}

/// Appends what else to read.
pub fn see_also(roff: &mut Roff, pages: impl IntoIterator<Item = Reference>) {
    section(roff, "SEE ALSO");
    let pages: Vec<Reference> = pages.into_iter().collect();
    for (number, page) in pages.iter().enumerate() {
        let comma = if number + 1 < pages.len() { "," } else { "" };
        roff.control("BR", [page.name.replace('-', "\\-").as_str(), &format!("({}){comma}", page.section)]);
    }
}

/// Appends a sentence with a page in it, between what stands before and after it.
pub fn reference(roff: &mut Roff, before: &str, page: &Reference, after: &str) {
    roff.text([roman(before), bold(&page.name), roman(format!("({}){after}", page.section))]);
}

/// An example and what it is for, above it.
pub fn example(roff: &mut Roff, command: &str, comment: Option<&str>) {
    if let Some(comment) = comment {
        roff.text([italic(format!("# {comment}"))]);
    }
    roff.text([roman(command)]);
}

/// A page of parts that were rendered one by one. Only ASCII: not every formatter is told the encoding.
pub fn finish(parts: &[String]) -> String {
    // Each part begins with it.
    let preamble = Roff::new().render();
    let mut page = preamble.clone();
    for c in parts.concat().replace(&preamble, "").chars() {
        match c {
            c if c.is_ascii() => page.push(c),
            c => page.push_str(&format!("\\[u{:04X}]", u32::from(c))),
        }
    }
    page
}
