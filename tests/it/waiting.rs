//! A wait survives what passes, and ends on what does not.
