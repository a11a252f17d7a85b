//! Many databases at once: `db create`, `db fork` and `db fork-status` side by side.
