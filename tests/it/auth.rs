//! `dhub auth`: login, status, logout, and where a token comes from.
