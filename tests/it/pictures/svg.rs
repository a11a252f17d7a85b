//! A terminal's screen as SVG: text stays text, and its columns hold in any font.

use std::fmt::Write;
use std::ops::Range;

use vt100::{Cell, Color, Screen};

/// Of the fonts below, at this size, a letter is about as wide as a cell.
const FONT_SIZE: f32 = 14.0;
const CELL: (f32, f32) = (8.4, 17.0);
const PADDING: f32 = 16.0;

const BACKGROUND: &str = "#0d1117";
const TEXT: &str = "#e6edf3";
const FRAME: &str = "#3d444d";
/// The sixteen colours that a terminal has names for.
const PALETTE: [&str; 16] = [
    "#6e7681", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4", "#8b949e",
    "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc",
];

/// Draws some rows of a screen.
pub fn draw(screen: &Screen, rows: Range<usize>, title: &str) -> String {
    let (_, columns) = screen.size();
    let (width, height) = (at(columns, CELL.0) + PADDING, at(rows.len(), CELL.1) + PADDING);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{BACKGROUND}\" stroke=\"{FRAME}\"/>\n\
         <g fill=\"{TEXT}\" font-size=\"{FONT_SIZE}\" font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace\">\n",
        escaped(title),
        width - 1.0,
        height - 1.0,
    );
    for (line, row) in rows.enumerate() {
        let runs = runs(screen, u16::try_from(row).expect("a screen is no larger"), columns);
        if !runs.is_empty() {
            // The line on which letters stand is four fifths of the way down.
            let baseline = at(line, CELL.1) + CELL.1 * 0.8;
            let _ = write!(svg, "<text y=\"{baseline:.1}\" xml:space=\"preserve\">");
            runs.iter().for_each(|run| run.write(&mut svg));
            svg.push_str("</text>\n");
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Where a row or a column begins.
fn at(number: impl TryInto<u16>, size: f32) -> f32 {
    let number = number.try_into().ok().expect("a screen is no larger");
    // Rounded, since a length in the file is not written as 8.400001.
    ((PADDING + f32::from(number) * size) * 10.0).round() / 10.0
}

/// Neighbouring cells that look alike.
struct Run {
    column: u16,
    cells: u16,
    text: String,
    style: String,
}

/// The runs of a row, without blanks at its end.
fn runs(screen: &Screen, row: u16, columns: u16) -> Vec<Run> {
    let mut runs = Vec::<Run>::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
            continue;
        };
        let cells = if cell.is_wide() { 2 } else { 1 };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let style = style(cell);
        match runs.last_mut() {
            // What another font may have to show, of another width, does not move what is beside it.
            Some(last) if last.style == style && is_plain(&last.text) == is_plain(text) => {
                last.text.push_str(text);
                last.cells += cells;
            }
            _ => runs.push(Run { column, cells, text: text.to_owned(), style }),
        }
    }
    while runs.last().is_some_and(|run| run.text.trim().is_empty()) {
        runs.pop();
    }
    if let Some(last) = runs.last_mut() {
        let blanks = last.text.len() - last.text.trim_end().len();
        last.cells -= u16::try_from(blanks).expect("a row is no longer");
        last.text.truncate(last.text.len() - blanks);
    }
    runs
}

fn is_plain(text: &str) -> bool {
    text.is_ascii()
}

impl Run {
    /// At its column and of its length, whatever the font.
    fn write(&self, svg: &mut String) {
        if self.text.trim().is_empty() {
            // Selected as it was on the screen.
            svg.push_str(&format!("<tspan x=\"{}\">{}</tspan>", at(self.column, CELL.0), self.text));
            return;
        }
        let length = f32::from(self.cells) * CELL.0;
        let _ = write!(
            svg,
            "<tspan x=\"{}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"{}>{}</tspan>",
            at(self.column, CELL.0),
            self.style,
            escaped(&self.text)
        );
    }
}

/// The attributes of what a cell looks like.
fn style(cell: &Cell) -> String {
    let mut style = String::new();
    if let Some(colour) = colour(cell.fgcolor()) {
        let _ = write!(style, " fill=\"{colour}\"");
    }
    for (is_so, attribute) in [
        (cell.bold(), " font-weight=\"bold\""),
        (cell.dim(), " opacity=\".65\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.underline(), " text-decoration=\"underline\""),
    ] {
        if is_so {
            style.push_str(attribute);
        }
    }
    style
}

fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Idx(number) => PALETTE.get(usize::from(number)).map(|colour| (*colour).to_owned()),
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
