//! Every exit code of the design's table.
