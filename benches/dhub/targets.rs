//! The bounds that dhub must keep, and whether it does.

use serde::Serialize;

use crate::figures::{Figures, Row};
use crate::plan::Simulated;
use crate::release::Size;

/// A bound, and the figure that is to stay within it.
#[derive(Clone, Debug, Serialize)]
pub struct Target {
    pub what: &'static str,
    pub at_most: f64,
    /// None where it was not measured this time.
    pub reached: Option<f64>,
}

impl Target {
    pub fn is_kept(&self) -> Option<bool> {
        self.reached.map(|reached| reached <= self.at_most)
    }
}

/// All of them.
pub fn of(rows: &[Row], plan: Option<&Simulated>, size: Option<Size>) -> Vec<Target> {
    let row = |name: &str| rows.iter().find(|row| row.name == name);
    // The first figure of dhub ÷ the second of the peer.
    let ratio = |name: &str, peer: &str, figure: fn(&Figures) -> Option<f64>| {
        Some(figure(row(name)?.dhub()?)? / figure(row(name)?.peer(peer)?)?)
    };
    let wall = |figures: &Figures| Some(figures.wall_ms.median);
    let cpu = |figures: &Figures| figures.cpu_ms.map(|spread| spread.median);
    // Half a request more is this machine's own time.
    let in_a_row = |name: &str| Some(*row(name)?.facts.get("requests_in_a_row")?);
    let peak = |row: &Row| row.dhub()?.peak_mb.map(|spread| spread.median);
    let one = ["forks-1-http", "forks-1-https", "forks-1-proxy"];
    let large = "forks-500000-rows";
    [
        ("one `db forks` over http, wall / curl", 0.3, ratio(one[0], "curl", wall)),
        ("one `db forks` over http, wall / floor (std alone)", 1.6, ratio(one[0], "floor", wall)),
        ("one `db forks` over https, CPU / curl, same CA bundle", 0.13, ratio(one[1], "curl", cpu)),
        ("one `db forks` over https, wall / curl", 0.2, ratio(one[1], "curl", wall)),
        ("`--version` wall / `true`", 2.0, ratio("version", "true", wall)),
        ("500,000 forks to rows, wall / curl | jq", 0.08, ratio(large, "curl | jq", wall)),
        (
            "its peak memory / size of the response",
            1.1,
            row(large).and_then(|row| Some(peak(row)? * 1e6 / row.facts.get("response_bytes")?)),
        ),
        ("tree walk, wall / ideal at -j 16", 1.08, ratio("forks-tree-j16", "ideal", wall)),
        (
            "lateness of noticing a finished fork / its length, worst, 2 s to 10 min",
            0.151,
            plan.map(|plan| plan.worst_part_2_s_to_10_min),
        ),
        (
            "the same beyond one request of 700 ms, 5 s to 10 min",
            0.151,
            plan.map(|plan| plan.worst_part_beyond_a_request),
        ),
        (
            "existing `create OWNER/NAME --if-not-exists`, requests in a row",
            2.5,
            in_a_row("in-a-row-create-owner"),
        ),
        ("existing `create NAME --if-not-exists`, requests in a row", 3.5, in_a_row("in-a-row-create")),
        ("existing `fork --if-not-exists`, requests in a row", 2.5, in_a_row("in-a-row-fork")),
        ("a tree at 700 ms without -j, s", 60.0, in_a_row("in-a-row-tree").map(|requests| requests * 0.7)),
        ("requests for a 10-minute fork / dh's", 1.2, plan.map(|plan| plan.requests_10_min)),
        ("release binary, MB, everything included", 4.5, size.map(|size| size.with_emulator as f64 / 1e6)),
        (
            "peak memory of one `db forks`, MB, http and https",
            8.0,
            one.iter().filter_map(|name| peak(row(name)?)).reduce(f64::max),
        ),
    ]
    .map(|(what, at_most, reached)| Target { what, at_most, reached })
    .into()
}
