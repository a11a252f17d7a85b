//! `dhub db fork` and `dhub db fork-status`.
