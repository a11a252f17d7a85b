//! Ctrl-C, SIGTERM and kill -9: nothing is lost.
