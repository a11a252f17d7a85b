//! What is sent and understood, byte for byte.
