//! The contract's own examples, answered by a plain HTTP server, and what dhub makes of them.
