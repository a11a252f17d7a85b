#!/bin/sh
# The whole story of dhub on an emulator of its own, without an account:
#   dhub emulator exec -- sh examples/quickstart.sh
set -eu

say() { printf '\n# %s\n' "$1"; }
show() {
    printf '$'
    for word in "$@"; do
        case $word in
        *' '*) printf ' "%s"' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$@"
}

say 'Create a database.'
show dhub db create dolthub/museum-collections --public -d 'Records from museums around the world.'

say 'Fork it to taylor, and wait until the fork is there.'
show dhub db fork dolthub/museum-collections --owner taylor --wait

say 'List its forks: a table in a terminal, tab-separated rows in a pipe.'
show dhub db forks dolthub/museum-collections

say 'The same as JSON, for scripts.'
show dhub db forks dolthub/museum-collections --json

say 'A mistake is explained, and has an exit code of its own.'
code=0
show dhub db forks dolthub/museum-colections || code=$?
printf 'exit code %s\n' "$code"
test "$code" -eq 3
