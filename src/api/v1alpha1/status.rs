//! The `status` of a response.

/// What a `status` says where something went wrong. The contract knows `Error` alone.
const FAILED: [&str; 6] = ["error", "failed", "failure", "cancelled", "canceled", "aborted"];

pub fn is_error(status: Option<&str>) -> bool {
    status.is_some_and(|status| status.eq_ignore_ascii_case("error"))
}

/// Whether it says in any word that something went wrong.
pub fn says_failed(status: Option<&str>) -> bool {
    status.is_some_and(|status| FAILED.iter().any(|word| status.eq_ignore_ascii_case(word)))
}

/// The service says `Success`, or nothing.
pub fn is_success(status: Option<&str>) -> bool {
    status.is_none_or(|status| status.eq_ignore_ascii_case("success"))
}
