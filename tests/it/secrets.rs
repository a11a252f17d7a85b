//! The token is where it belongs, and nowhere else.
