//! Arguments, lists on stdin, and hosts.
