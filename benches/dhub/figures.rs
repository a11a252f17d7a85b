//! What was measured, and its statistics.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::measure::Sample;

/// A median, and the quartiles that show how far to trust it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Spread {
    pub median: f64,
    pub lower_quartile: f64,
    pub upper_quartile: f64,
}

impl Spread {
    /// Of at least one figure.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let place = part * (figures.len().saturating_sub(1)) as f64;
            let (below, above) = (place.floor() as usize, place.ceil() as usize);
            figures[below] + (figures[above] - figures[below]) * place.fract()
        };
        Spread { median: at(0.5), lower_quartile: at(0.25), upper_quartile: at(0.75) }
    }

    /// A figure that was worked out, not measured.
    pub fn exactly(figure: f64) -> Self {
        Spread { median: figure, lower_quartile: figure, upper_quartile: figure }
    }
}

/// What went over the wire in one run.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Traffic {
    pub connections: usize,
    /// None where TLS hides them.
    pub requests: Option<usize>,
    pub bytes_sent: usize,
    pub bytes_received: usize,
}

/// One contestant of a row.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    pub name: String,
    pub runs: usize,
    pub wall_ms: Spread,
    /// Neither CPU nor memory where the figure is an ideal.
    pub cpu_ms: Option<Spread>,
    pub peak_mb: Option<Spread>,
    pub traffic: Option<Traffic>,
}

impl Figures {
    pub fn of(name: &str, samples: &[Sample], traffic: Option<Traffic>) -> Self {
        let spread =
            |figure: fn(&Sample) -> f64| Spread::of(samples.iter().map(figure).collect::<Vec<f64>>());
        Figures {
            name: name.to_owned(),
            runs: samples.len(),
            wall_ms: spread(|sample| sample.wall_ms),
            cpu_ms: Some(spread(|sample| sample.cpu_ms)),
            peak_mb: Some(spread(|sample| sample.peak_mb)),
            traffic,
        }
    }

    /// What nothing on this machine can go below.
    pub fn ideal(wall_ms: f64) -> Self {
        Figures {
            name: "ideal".to_owned(),
            runs: 0,
            wall_ms: Spread::exactly(wall_ms),
            cpu_ms: None,
            peak_mb: None,
            traffic: None,
        }
    }
}

/// A row of the table: dhub and its peers.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub what: String,
    /// dhub is the first.
    pub contestants: Vec<Figures>,
    /// What else was found, by name.
    pub facts: BTreeMap<&'static str, f64>,
}

impl Row {
    pub fn dhub(&self) -> Option<&Figures> {
        self.contestants.first()
    }

    pub fn peer(&self, name: &str) -> Option<&Figures> {
        self.contestants.iter().find(|figures| figures.name == name)
    }
}
