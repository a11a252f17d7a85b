//! `dhub db forks --tree`: a whole fork network as the tree it is.
