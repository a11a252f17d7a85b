//! The rows of the table, in the order in which they are measured.

mod forks;
mod in_a_row;
mod lists;
mod trees;
mod version;
mod wait;

use crate::figures::Row;
use crate::machine::Machine;

/// Measures the rows that are wanted. A group that cannot run is reported, and the others go on.
pub fn run(machine: &Machine) -> Vec<Row> {
    let mut rows = Vec::new();
    for group in [version::run, forks::run, lists::run, trees::run, wait::run, in_a_row::run] {
        if let Err(error) = group(machine, &mut rows) {
            machine.fails("some rows are missing", &error);
        }
    }
    rows
}
