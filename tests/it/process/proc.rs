//! A system without `/proc`, such as a chroot that nothing was mounted in.

use super::{lacks, shell};
use crate::support::Sandbox;
use crate::support::running::Running;

const HIDE: &str = "mount -t tmpfs none /proc";
/// A fork from its beginning to its end. The inner `dhub` has to be the one that was called.
const FORK: &str =
    "emulator exec --fork-delay 10ms -- sh -c 'dhub db create dolthub/museum-collections --public &&
    dhub db fork dolthub/museum-collections --owner taylor --wait --quiet'";

#[test]
fn a_fork_on_the_emulator_completes_without_proc() {
    let sandbox = Sandbox::new();
    if lacks(&sandbox, "mount namespace", &format!("unshare -Urm {HIDE}")) {
        return;
    }
    for call in [r#""$DHUB""#, "PATH=$PWD/bin:$PATH; dhub", "cd bin; ./dhub"] {
        let mut command =
            shell(&sandbox, r#"mkdir -p bin; ln -sf "$DHUB" bin/dhub; exec unshare -Urm sh -c "$SCRIPT""#);
        command.env("SCRIPT", format!("{HIDE} || exit 1\n{call} {FORK}"));
        let ended = Running::start(command).finish();
        assert_eq!(ended.code, Some(0), "{call}: {ended:?}");
        assert!(ended.out.contains("\ntaylor/museum-collections\t"), "{call}: {ended:?}");
    }
}
