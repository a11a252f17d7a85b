#!/bin/sh
# A stand-in for dolt. `PWD: [argument] [argument]…` for each call goes to dolt-calls in the home. There, fail-COMMAND is an
# exit code, wait-COMMAND makes it hang, part-COMMAND makes it leave something behind, and remotes is what it lists.
{
    printf '%s:' "${PWD#"$HOME"}"
    for argument; do printf ' [%s]' "$argument"; done
    echo
} >>"$HOME/dolt-calls"
if test "$1 $2" = "remote -v"; then
    cat "$HOME/remotes" 2>/dev/null
else
    echo "dolt $1 on stdout"
    echo "dolt $1 on stderr" >&2
fi
test ! -e "$HOME/wait-$1" || exec sleep 30
test ! -t 0 || echo "dolt has a terminal"
test "$1" != init || { mkdir -p .dolt && echo '{"head":"refs/heads/main"}' >.dolt/repo_state.json; }
test "$1" != clone || test -e "$HOME/fail-clone" || mkdir -p "$3/.dolt"
test ! -e "$HOME/part-$1" || { mkdir -p "$3" && echo >"$3/part"; }
test ! -e "$HOME/fail-$1" || test "$2" = -v || exit "$(cat "$HOME/fail-$1")"
exit 0
