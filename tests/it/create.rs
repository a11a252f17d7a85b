//! `dhub db create`.
